/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is measured of one row while its program is attached, with b->stream.
 * Each returns 0, or -errno where the run is to end: -EINTR when interrupted,
 * -ENODEV or -ENETDOWN when an interface went away. What only this row cannot
 * have closes the row.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "bench/bench.h"
#include "bench/attach.h"

/* Wait for the link and for the first reply: some cards restart when a program
 * is attached.
 */
int bench_settle(struct bench *b, struct bench_row *row);

/* One more repeat at the highest rate. */
int bench_measure_rate(struct bench *b, struct bench_row *row);

/* One more search for the highest rate at which nothing is lost. */
int bench_measure_loss_free(struct bench *b, struct bench_row *row);

/* One more repeat of round-trip times at a low rate, and at half of the
 * loss-free one of the first search.
 */
int bench_measure_times(struct bench *b, struct bench_row *row);

/* Once more what the program costs by the kernel's account, which costs time
 * itself. Where that fails, row->program_why says why.
 */
int bench_measure_program(struct bench *b, struct bench_row *row,
			  const struct bench_attached *attached);

/* On the emulated card: what its own counters say of some frames. No rate. */
int bench_measure_card(struct bench *b, struct bench_row *row);

#endif
