/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdarg.h>
#include <stdio.h>

#include "bench/row.h"
#include "bench/search.h"

/* Frames beyond a quantile, for it to be more than an accident. */
#define BEYOND_LEAST 10

const double bench_quantile[BENCH_QUANTILES] = {
	[BENCH_P50] = 0.5,
	[BENCH_P90] = 0.9,
	[BENCH_P99] = 0.99,
	[BENCH_P99_9] = 0.999,
};

struct bench_spread bench_row_rate(const struct bench_row *row)
{
	return bench_spread(row->right_per_s, row->repeats);
}

struct bench_spread bench_row_cpu_ns(const struct bench_row *row)
{
	return bench_spread(row->cpu_ns, row->repeats);
}

struct bench_spread bench_row_softirq_ns(const struct bench_row *row)
{
	return bench_spread(row->softirq_ns, row->repeats);
}

struct bench_spread bench_row_loss_free(const struct bench_row *row)
{
	return bench_spread(row->loss_free_per_s, row->searches);
}

struct bench_spread bench_row_program_ns(const struct bench_row *row)
{
	return bench_spread(row->program_ns, row->program_runs);
}

static double per_reply(const struct bench_row *row, double ticks)
{
	return row->counted ? ticks * bench_tick_ns() / row->counted : 0;
}

double bench_row_cpu_mean_ns(const struct bench_row *row)
{
	return per_reply(row, bench_cpus_total(&row->cpus).busy);
}

double bench_row_softirq_mean_ns(const struct bench_row *row)
{
	return per_reply(row, bench_cpus_total(&row->cpus).softirq);
}

struct bench_spread bench_times_rate(const struct bench_times *times)
{
	return bench_spread(times->sent_per_s, times->repeats);
}

struct bench_spread bench_times_ns(const struct bench_times *times,
				   enum bench_quantile quantile)
{
	return bench_spread(times->ns[quantile], times->repeats);
}

bool bench_times_has(const struct bench_times *times,
		     enum bench_quantile quantile)
{
	double beyond = 1 - bench_quantile[quantile];

	/* Half a frame more: 1 - 0.999 is not 0.001 here. */
	return (times->sent - times->lost + 0.5) * beyond >= BEYOND_LEAST;
}

bool bench_times_is_short(const struct bench_times *times)
{
	return times->repeats &&
	       bench_times_rate(times).median <
		       BENCH_SENDER_SHORT * times->asked_per_s;
}

bool bench_row_has_rate(const struct bench_row *row)
{
	return row->verdict == ROW_MEASURED && row->repeats;
}

const struct bench_row *bench_row_beside(const struct bench_row *rows,
					 unsigned int count,
					 const struct bench_row *row,
					 enum bench_mode mode)
{
	for (unsigned int i = 0; i < count; i++)
		if (rows[i].mode == mode &&
		    rows[i].cell.size == row->cell.size &&
		    rows[i].cell.targets == row->cell.targets)
			return bench_row_has_rate(&rows[i]) ? &rows[i] : NULL;
	return NULL;
}

static double ratio(double rate, double other)
{
	return other ? rate / other : 0;
}

static double over_ns(double rate, double other)
{
	return rate && other ? 1e9 / rate - 1e9 / other : 0;
}

/* Of repeats that lie near each other in time. */
static double median_of_pairs(const struct bench_row *row,
			      const struct bench_row *other,
			      double (*compare)(double rate, double other))
{
	double value[BENCH_REPEAT_MAX];
	unsigned int count = 0;

	while (count < row->repeats && count < other->repeats) {
		value[count] = compare(row->right_per_s[count],
				       other->right_per_s[count]);
		count++;
	}
	return bench_spread(value, count).median;
}

double bench_row_ratio(const struct bench_row *row,
		       const struct bench_row *other)
{
	return median_of_pairs(row, other, ratio);
}

double bench_row_over_ns(const struct bench_row *row,
			 const struct bench_row *other)
{
	return median_of_pairs(row, other, over_ns);
}

int bench_row_softirq_cpu(const struct bench_row *row, double *share)
{
	double all = bench_cpus_total(&row->cpus).softirq, most = 0;
	int id = -1;

	for (unsigned int i = 0; i < row->cpus.count; i++)
		if (row->cpus.at[i].softirq > most) {
			most = row->cpus.at[i].softirq;
			id = row->cpus.at[i].id;
		}
	*share = all ? most / all : 0;
	return id;
}

void bench_row_close(struct bench_row *row, enum bench_verdict verdict,
		     const char *format, ...)
{
	va_list args;

	row->verdict = verdict;
	va_start(args, format);
	vsnprintf(row->why, sizeof(row->why), format, args);
	va_end(args);
}
