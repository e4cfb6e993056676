/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>

#include "bench/link.h"
#include "bench/measure.h"
#include "bench/send.h"
#include "nap.h"
#include "traffic.h"

#define REPLY_SECONDS	2
#define WARM_UP_SECONDS 0.03  /* pages are made and rings filled by then */
#define LOOK_SHARE	0.002 /* of a repeat's time */
#define LOOK_TRIES	5
#define KEEPS_UP	0.95
#define SETTLE_PER_S	10000

int bench_settle(struct bench *b, struct bench_row *row)
{
	struct stream_counts counts;
	int err, stopped;

	err = bench_link_wait(b);
	if (err)
		return err;
	err = bench_send_start(b, SETTLE_PER_S)
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
	int ifindex = b->peer.dev.ifindex, err = 0;

	for (int i = 0; !err && i < LOOK_TRIES; i++) {
		start = nap_now();
		err = stream_counts(b->stream, &m->counts)
			      ?: traffic_read(&b->peer.nl, ifindex, &m->traffic)
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
	double tick_ns = bench_tick_ns();
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

/* Replies that come late were in buffers, which get full in the end. */
static bool keeps_up(const struct moment *from, const struct moment *to)
{
	__u64 sent = to->counts.sent - from->counts.sent;
	__u64 right = to->counts.right - from->counts.right;

	return right >= sent * KEEPS_UP;
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
	row->lossless = counts.right == counts.sent && keeps_up(&from, &to);
	if (row->verdict == ROW_OPEN)
		keep_repeat(row, &from, &to);
	return 0;
}
