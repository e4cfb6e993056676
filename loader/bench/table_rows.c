/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdarg.h>

#include "array.h"
#include "bench/table.h"

/* A table: which rows it shows, and a line of each. */
struct table {
	const char *title;
	const char *columns; /* behind those that every row begins with */
	bool (*shows)(const struct bench_row *row);
	void (*row)(FILE *to, const struct bench *b,
		    const struct bench_row *row);
};

/* A number of so many columns, or "-". */
__attribute__((format(printf, 4, 5))) static void number(FILE *to, int width,
							 bool known,
							 const char *format,
							 ...)
{
	char text[32] = "-";
	va_list args;

	va_start(args, format);
	if (known)
		vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fprintf(to, " %*s", width, text);
}

/* Of what was measured more than once. */
static void spread(FILE *to, struct bench_spread s, unsigned int count)
{
	number(to, 6, count > 1, "%.1f%%", 100 * s.relative);
}

static const struct bench_row *beside(const struct bench *b,
				      const struct bench_row *row,
				      enum bench_mode mode)
{
	return bench_row_beside(b->rows, b->count, row, mode);
}

static bool has_rate(const struct bench_row *row)
{
	return row->repeats && row->verdict != ROW_REFUSED;
}

static bool has_low(const struct bench_row *row)
{
	return row->low.repeats && row->verdict != ROW_REFUSED;
}

static bool has_half(const struct bench_row *row)
{
	return row->half.repeats && row->verdict != ROW_REFUSED;
}

static void rate(FILE *to, const struct bench *b, const struct bench_row *row)
{
	const struct bench_row *driver = beside(b, row, BENCH_DRIVER);
	struct bench_spread replies = bench_row_rate(row);
	bool done = row->verdict == ROW_MEASURED;

	number(to, 10, true, "%.0f",
	       bench_spread(row->sent_per_s, row->repeats).median);
	number(to, 10, true, "%.0f", replies.median);
	spread(to, replies, row->repeats);
	number(to, 8, done && driver, "%.2f",
	       driver ? bench_row_ratio(row, driver) : 0);
	number(to, 11, row->searches, "%.0f%s", bench_row_loss_free(row).median,
	       row->sender_is_limit ? "s" : "");
	spread(to, bench_row_loss_free(row), row->searches);
	fputs(done ? "" : " unfinished", to);
}

/* The CPU that does most of it: on a host of many, the others do not matter. */
static void cpu(FILE *to, const struct bench_row *row)
{
	double share;
	int id = bench_row_softirq_cpu(row, &share);

	number(to, 4, id >= 0, "%d", id);
	number(to, 5, id >= 0, "%.0f%%", 100 * share);
}

static void cost(FILE *to, const struct bench *b, const struct bench_row *row)
{
	const struct bench_row *bare = beside(b, row, BENCH_BASELINE);
	struct bench_spread program = bench_row_program_ns(row);
	bool done = row->verdict == ROW_MEASURED;

	number(to, 7, true, "%.0f", bench_row_cpu_mean_ns(row));
	spread(to, bench_row_cpu_ns(row), row->repeats);
	number(to, 7, true, "%.0f", bench_row_softirq_mean_ns(row));
	cpu(to, row);
	number(to, 7, row->program_runs, "%.1f", program.median);
	spread(to, program, row->program_runs);
	number(to, 6, done && bare && bare != row, "%+.0f",
	       bare ? bench_row_over_ns(row, bare) : 0);
}

static void times(FILE *to, const struct bench_times *t)
{
	number(to, 9, true, "%.0f%s", bench_times_rate(t).median,
	       bench_times_is_short(t) ? "s" : "");
	number(to, 8, true, "%llu", t->sent - t->lost);
	for (enum bench_quantile q = 0; q < BENCH_QUANTILES; q++) {
		struct bench_spread ns = bench_times_ns(t, q);

		number(to, 6, bench_times_has(t, q), "%.1f", ns.median / 1e3);
		if (q == BENCH_P50 || q == BENCH_P99)
			spread(to, ns, bench_times_has(t, q) ? t->repeats : 0);
	}
}

static void low(FILE *to, const struct bench *b, const struct bench_row *row)
{
	(void)b;
	times(to, &row->low);
}

static void half(FILE *to, const struct bench *b, const struct bench_row *row)
{
	(void)b;
	times(to, &row->half);
}

#define TIMES "    rate/s  replies    50% spread    90%    99% spread  99.9%"

static const struct table tables[] = {
	{ "Rates", "     sent/s  replies/s spread x driver loss-free/s spread",
	  has_rate, rate },
	{ "Costs of a reply, in nanoseconds",
	  "     CPU spread softirq core share program spread   over", has_rate,
	  cost },
	{ "Round trips in microseconds, at a low rate", TIMES, has_low, low },
	{ "Round trips in microseconds, at half of the loss-free rate", TIMES,
	  has_half, half },
};

static void print(FILE *to, const struct bench *b, const struct table *table)
{
	bool begun = false;

	for (unsigned int i = 0; i < b->count; i++) {
		if (!table->shows(&b->rows[i]))
			continue;
		if (!begun)
			fprintf(to, "\n%s:\n\nmode     bytes addr%s\n",
				table->title, table->columns);
		begun = true;
		bench_table_row_head(to, &b->rows[i]);
		table->row(to, b, &b->rows[i]);
		fputc('\n', to);
	}
}

static bool any_rate(const struct bench *b)
{
	for (unsigned int i = 0; i < b->count; i++)
		if (has_rate(&b->rows[i]))
			return true;
	return false;
}

void bench_table_rows(FILE *to, const struct bench *b)
{
	if (b->emulated.is && any_rate(b))
		fprintf(to,
			"\nWhat follows %s of a simulated card and wire, in a "
			"machine that is emulated itself:\n",
			b->emulated.is > 0 ? "is" : "may be");
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++)
		print(to, b, &tables[i]);
}
