/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "bench/link.h"
#include "bench/measure.h"
#include "bench/search.h"
#include "bench/send.h"
#include "nap.h"
#include "traffic.h"

#define REPLY_SECONDS	2
#define WARM_UP_SECONDS 0.03 /* pages are made and rings filled by then */
/* Of a repeat's time at the highest rate. */
#define STEP_SHARE  1
#define TIMES_SHARE 4
#define LOOK_SHARE  0.002
#define LOOK_TRIES  5
#define LOW_PER_S   10000

int bench_settle(struct bench *b, struct bench_row *row)
{
	struct stream_counts counts;
	int err, stopped;

	err = bench_link_wait(b);
	if (err)
		return err;
	err = bench_send_start(b, LOW_PER_S)
		      ?: bench_send_until(b, REPLY_SECONDS, bench_is_answered);
	stopped = stream_stop(b->stream);
	err = err ?: stopped ?: stream_counts(b->stream, &counts);
	if (!err)
		bench_judge(b, row, &counts);
	return err;
}

/* All that is looked at where a repeat begins and where it ends. */
struct moment {
	double time;
	struct stream_counts counts;
	struct traffic traffic;
	struct bench_cpus cpus;
};

/* Both ways of counting at the same time; once more where that failed. */
static int look(struct bench *b, struct moment *m)
{
	double near = LOOK_SHARE * b->options->seconds, start;
	int err = 0;

	for (int i = 0; !err && i < LOOK_TRIES; i++) {
		start = nap_now();
		err = stream_counts(b->stream, &m->counts)
			      ?: traffic_read(&b->peer.nl, b->peer.dev.ifindex, &m->traffic)
			      ?: bench_cpus_read(&m->cpus);
		m->time = (start + nap_now()) / 2;
		if (nap_now() - start < near)
			break;
	}
	return err;
}

static void keep_repeat(struct bench_row *row, const struct moment *from,
			const struct moment *to)
{
	double seconds = to->time - from->time;
	double right = to->counts.right - from->counts.right;
	double tick_ns = 1e9 / sysconf(_SC_CLK_TCK);
	static struct bench_cpus passed;
	struct bench_cpu all;
	unsigned int n = row->repeats++;

	passed.count = 0;
	bench_cpus_add(&passed, &from->cpus, &to->cpus);
	bench_cpus_add(&row->cpus, &from->cpus, &to->cpus);
	all = bench_cpus_total(&passed);
	row->sent_per_s[n] = (to->counts.sent - from->counts.sent) / seconds;
	row->right_per_s[n] = right / seconds;
	row->cpu_ns[n] = right ? all.busy * tick_ns / right : 0;
	row->softirq_ns[n] = right ? all.softirq * tick_ns / right : 0;
	row->seconds += seconds;
	row->counted += right;
	row->interface_counted +=
		to->traffic.rx_packets - from->traffic.rx_packets;
}

int bench_measure_rate(struct bench *b, struct bench_row *row)
{
	static struct moment from, to; /* too large for a stack */
	struct stream_counts counts;
	int err, stopped;

	err = bench_send_start(b, 0)
		      ?: bench_send_on(b, WARM_UP_SECONDS)
		      ?: look(b, &from)
		      ?: bench_send_on(b, b->options->seconds)
		      ?: look(b, &to);
	stopped = stream_stop(b->stream);
	err = err ?: stopped ?: stream_counts(b->stream, &counts);
	if (err)
		return err;
	bench_judge(b, row, &counts);
	bench_counts_add(&row->total, &counts);
	if (row->verdict == ROW_OPEN)
		keep_repeat(row, &from, &to);
	return 0;
}

int bench_measure_loss_free(struct bench *b, struct bench_row *row)
{
	struct bench_search search;
	struct stream_counts c;
	double rate, seconds = STEP_SHARE * b->options->seconds;
	int err;

	row->sender_is_limit = row->total.right == row->total.sent;
	row->loss_free_known = row->sender_is_limit;
	row->loss_free_per_s = bench_row_rate(row).median;
	if (row->loss_free_known)
		return 0;
	bench_search_start(&search, row->loss_free_per_s);
	while (bench_search_next(&search, &rate)) {
		err = bench_send_for(b, rate, seconds, &c);
		if (err)
			return err;
		bench_judge(b, row, &c);
		bench_search_tell(&search, c.sent / seconds,
				  c.sent && c.right == c.sent);
	}
	row->loss_free_per_s = search.good;
	row->loss_free_known = true;
	return 0;
}

static int times_at(struct bench *b, struct bench_row *row, double rate,
		    struct bench_times *out)
{
	static const double quantile[] = { 0.5, 0.9, 0.99, 0.999 };
	double ns[4];
	struct stream_counts c;
	int err = bench_send_for(b, rate, TIMES_SHARE * b->options->seconds, &c)
			  ?: stream_quantiles(b->stream, quantile, ns, 4);

	if (err)
		return err;
	bench_judge(b, row, &c);
	*out = (struct bench_times){
		.known = c.right,
		.rate_per_s = rate,
		.p50_ns = ns[0],
		.p90_ns = ns[1],
		.p99_ns = ns[2],
		.p999_ns = ns[3],
		.sent = c.sent,
		.lost = c.sent - c.right,
	};
	return 0;
}

int bench_measure_times(struct bench *b, struct bench_row *row)
{
	double half = row->loss_free_per_s / 2;
	double low = half && half < LOW_PER_S ? half : LOW_PER_S;
	int err = times_at(b, row, low, &row->low);

	if (!err && half)
		err = times_at(b, row, half, &row->half);
	return err;
}
