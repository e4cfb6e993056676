/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sending with b->stream, and what is made of the counts. Each returns 0, or
 * -errno where the run is to end: -EINTR when interrupted, -ENODEV or -ENETDOWN
 * when an interface went away.
 */
#ifndef BENCH_SEND_H
#define BENCH_SEND_H

#include "bench/bench.h"

/* Count from 0, and send; returns when it does send. @rate: frames a second, 0
 * for as many as possible. It is to be stopped, also after a failure.
 */
int bench_send_start(struct bench *b, double rate);

/* Go on for so long. */
int bench_send_on(struct bench *b, double seconds);

/* Go on until the counts are so, but no longer than @seconds. */
int bench_send_until(struct bench *b, double seconds,
		     bool (*is)(const struct stream_counts *c));

/* Start, go on and stop; then count all that became of it. @per_s: that were
 * sent a second, which may be less than @rate; NULL: no matter.
 */
int bench_send_for(struct bench *b, double rate, double seconds,
		   struct stream_counts *out, double *per_s);

/* Has anything come back? */
bool bench_is_answered(const struct stream_counts *c);

void bench_counts_add(struct stream_counts *to, const struct stream_counts *c);

/* Before the stream is closed: what it counted since it started last is part of
 * b->whole, too.
 */
int bench_keep_counts(struct bench *b);

/* Close a row whose replies are wrong or missing. What is attached must answer;
 * a kernel may have reasons not to.
 */
void bench_judge(struct bench *b, struct bench_row *row,
		 const struct stream_counts *c);

#endif
