/* SPDX-License-Identifier: GPL-2.0-only */
#include "bench/link.h"
#include "bench/send.h"
#include "nap.h"

#define START_SECONDS 2
#define SLICE_SECONDS 0.1 /* samples must not wait for longer */
#define POLL_SECONDS  0.002

void bench_counts_add(struct stream_counts *to, const struct stream_counts *c)
{
	to->sent += c->sent;
	to->right += c->right;
	to->wrong += c->wrong;
	to->duplicated += c->duplicated;
	to->reordered += c->reordered;
	to->sampled += c->sampled;
	to->sampled_wrong += c->sampled_wrong;
}

/* From 0, with what was counted so far kept in b->whole. */
static int clear(struct bench *b)
{
	return bench_keep_counts(b) ?: stream_clear(b->stream);
}

int bench_keep_counts(struct bench *b)
{
	struct stream_counts counts;
	int err = stream_counts(b->stream, &counts);

	if (!err)
		bench_counts_add(&b->whole, &counts);
	return err;
}

/* Is all well with who sends, and with both ends? The link may come a little
 * later than the sender's first frame is due.
 */
static int look(struct bench *b, struct stream_counts *counts)
{
	int err = stream_alive(b->stream) ?: stream_counts(b->stream, counts);

	if (err)
		return err;
	return counts->sent ? bench_link_check(b) : bench_link_ends(b);
}

int bench_send_on(struct bench *b, double seconds)
{
	struct stream_counts counts;
	double end = nap_now() + seconds, left = seconds;
	int err = 0;

	while (!err && left > 0) {
		err = nap_for(left < SLICE_SECONDS ? left : SLICE_SECONDS)
			      ?: look(b, &counts);
		left = end - nap_now();
	}
	return err;
}

int bench_send_until(struct bench *b, double seconds,
		     bool (*is)(const struct stream_counts *c))
{
	double end = nap_now() + seconds;
	struct stream_counts counts = {};
	int err = 0;

	while (!err && !is(&counts) && nap_now() < end)
		err = nap_for(POLL_SECONDS) ?: look(b, &counts);
	return err;
}

static bool sends(const struct stream_counts *c)
{
	return c->sent;
}

int bench_send_start(struct bench *b, double rate)
{
	int err = clear(b) ?: stream_start(b->stream, rate);

	return err ?: bench_send_until(b, START_SECONDS, sends);
}

int bench_send_for(struct bench *b, double rate, double seconds,
		   struct stream_counts *out, double *per_s)
{
	struct stream_counts from = {}, to = {};
	int err = bench_send_start(b, rate) ?: stream_counts(b->stream, &from);
	double start = nap_now();
	int stopped;

	err = err ?: bench_send_on(b, seconds) ?: stream_counts(b->stream, &to);
	if (per_s)
		*per_s = (to.sent - from.sent) / (nap_now() - start);
	stopped = stream_stop(b->stream);
	return err ?: stopped ?: stream_counts(b->stream, out);
}

/* Frames that came back, of any kind. */
static __u64 came(const struct stream_counts *c)
{
	return c->right + c->wrong + c->duplicated;
}

bool bench_is_answered(const struct stream_counts *c)
{
	return came(c);
}

void bench_judge(struct bench *b, struct bench_row *row,
		 const struct stream_counts *c)
{
	/* The end of the run, of which the next step tells. */
	if (row->verdict != ROW_OPEN || (!came(c) && bench_link_check(b)))
		return;
	if (c->wrong || c->sampled_wrong)
		bench_row_close(row, ROW_REFUSED,
				"of %llu replies %llu were wrong, by their "
				"headers and checksum, and %llu of %llu that "
				"were looked at whole: %s",
				came(c), c->wrong, c->sampled_wrong, c->sampled,
				stream_fault(b->stream) ?: "no sample of it");
	else if (!c->sent)
		bench_row_close(row, ROW_UNMEASURED, "nothing was sent");
	else if (!came(c))
		bench_row_close(row,
				row->mode == BENCH_STACK ? ROW_UNMEASURED
							 : ROW_REFUSED,
				"no reply came back to %llu requests", c->sent);
}
