/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_REPEAT_H
#define BENCH_REPEAT_H

#include "bench/bench.h"

/**
 * bench_repeat() - attach what a row is about, measure, and take it off
 * @repeat: from 0; the last one settles the row
 *
 * A mode that is refused closes its rows, which is no failure. b->stream is open.
 *
 * Return: EXIT_OK, or what ends the run, with b->why.
 */
enum exit_code bench_repeat(struct bench *b, struct bench_row *row,
			    unsigned int repeat);

#endif
