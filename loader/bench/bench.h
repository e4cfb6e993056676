/* SPDX-License-Identifier: GPL-2.0-only */
/* One run of offload-bench. */
#ifndef BENCH_H
#define BENCH_H

#include "bench/ends.h"
#include "bench/neighbour.h"
#include "bench/plan.h"
#include "bench/row.h"
#include "bench/side.h"
#include "board.h"

/* Exit codes are offload-load's, in mode.h, but for this one: interrupted, or
 * an interface was lost.
 */
#define EXIT_CUT_SHORT EXIT_MISMATCH

/* What was changed for the time of the run. */
struct bench_changes {
	bool gro_on; /* it was off */
	bool clsact; /* there was an empty one */
	struct bench_neighbour neighbour;
};

/* The card that the interface is a port of, where it is an emulated one, or may
 * be.
 */
struct bench_emulated {
	int is; /* 1 or 0, or -errno: it cannot be known */
	unsigned int port;
	struct board board;
};

struct bench {
	const struct bench_options *options;
	struct bench_side iface; /* that answers */
	struct bench_side peer;	 /* that sends; the process is in its netns */
	struct bench_emulated emulated;
	struct bench_ends ends;
	struct bench_changes changes;
	int program; /* the baseline, a file in memory */
	int cpu;     /* that sends */

	struct bench_cell cell[BENCH_CELLS_MAX];
	unsigned int cells;
	struct bench_row *rows; /* of each cell, one for each mode */
	unsigned int count;

	struct stream *stream;	    /* of the cell that is being measured */
	struct stream_counts whole; /* of all that was sent in this run */
	const char *sender;	    /* NULL: none has worked yet */
	const char *judge;	    /* mode of the program at the peer */
	bool interrupted;
	bool ended_early;	 /* before all rows had all their repeats; */
	char why[BENCH_WHY_MAX]; /* what ended the run: a sentence */
};

#define BENCH_LOADER "offload-load"

/**
 * bench_begin() - look at both ends, and set what must be set
 *
 * Nothing is changed unless all is well. On failure b->why says why.
 *
 * Return: an exit code; bench_end() is due in any case.
 */
enum exit_code bench_begin(struct bench *b);

/* Put back what was changed, and free what is held. Return: 0, also where the
 * interface is lost, or -errno where something could not be put back.
 */
int bench_end(struct bench *b);

/* Measure every row. What could be measured is in b->rows whatever happens.
 * Return: an exit code, with b->why where it ended early.
 */
enum exit_code bench_run(struct bench *b);

__attribute__((format(printf, 3, 4))) enum exit_code bench_fail(
	struct bench *b, enum exit_code code, const char *format, ...);

/* -errno that has ended the run, as an exit code with a sentence. */
enum exit_code bench_end_early(struct bench *b, int err);

#endif
