/* SPDX-License-Identifier: GPL-2.0-only */
/* What is found out at rates that are asked for. */
#include "bench/measure.h"
#include "bench/search.h"
#include "bench/send.h"

/* Of a repeat's time at the highest rate. With the defaults, all repeats
 * together have 13,500 frames at the low rate.
 */
#define STEP_SHARE  1
#define TIMES_SHARE 1.5
#define LOW_PER_S   10000

static int search(struct bench *b, struct bench_row *row,
		  struct bench_search *search)
{
	double rate, sent, seconds = STEP_SHARE * b->options->seconds;
	struct stream_counts c;
	int err;

	while (row->verdict == ROW_OPEN && bench_search_next(search, &rate)) {
		err = bench_send_for(b, rate, seconds, &c, &sent);
		if (err)
			return err;
		bench_judge(b, row, &c);
		bench_search_tell(search, sent, c.sent && c.right == c.sent);
	}
	return 0;
}

/* Too many requests may keep it from answering: so the search begins at what it
 * answered then, and goes up as far as the sender does.
 */
int bench_measure_loss_free(struct bench *b, struct bench_row *row)
{
	struct bench_spread sent = bench_spread(row->sent_per_s, row->repeats);
	struct bench_search s = {
		.good = row->sent_per_s[row->repeats - 1],
		.sender_is_limit = true,
	};
	int err;

	if (!sent.max)
		return 0;
	if (!row->lossless) {
		bench_search_start(&s, bench_row_rate(row).median, sent.max);
		err = search(b, row, &s);
		if (err)
			return err;
	}
	row->loss_free_per_s[row->searches++] = s.good;
	row->sender_is_limit |= s.sender_is_limit;
	return 0;
}

static int times_at(struct bench *b, struct bench_row *row, double rate,
		    struct bench_times *out)
{
	double seconds = TIMES_SHARE * b->options->seconds, sent;
	double ns[BENCH_QUANTILES];
	struct stream_counts c;
	int err = bench_send_for(b, rate, seconds, &c, &sent)
			  ?: stream_quantiles(b->stream, bench_quantile, ns,
					      BENCH_QUANTILES);

	if (err)
		return err;
	bench_judge(b, row, &c);
	out->asked_per_s = rate;
	out->sent += c.sent;
	out->lost += c.sent > c.right ? c.sent - c.right : 0;
	if (!c.right)
		return 0;
	out->sent_per_s[out->repeats] = sent;
	for (unsigned int i = 0; i < BENCH_QUANTILES; i++)
		out->ns[i][out->repeats] = ns[i];
	out->repeats++;
	return 0;
}

int bench_measure_times(struct bench *b, struct bench_row *row)
{
	/* Of the first search, so that all repeats have the same rate. */
	double half = row->searches ? row->loss_free_per_s[0] / 2 : 0;
	double low = half && half < LOW_PER_S ? half : LOW_PER_S;
	int err = times_at(b, row, low, &row->low);

	if (!err && half)
		err = times_at(b, row, half, &row->half);
	return err;
}
