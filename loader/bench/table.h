/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts of bench_table(). A part that has nothing to say prints nothing. */
#ifndef BENCH_TABLE_H
#define BENCH_TABLE_H

#include "bench/show.h"

/* Rates, costs and times. */
void bench_table_rows(FILE *to, const struct bench *b);

/* What a reader should know of the rows, and why there are not more. */
void bench_table_notes(FILE *to, const struct bench *b);

/* Mode, size and number of targets, as every row begins. */
void bench_table_row_head(FILE *to, const struct bench_row *row);

/* "s", or "" for one. */
const char *bench_table_plural(unsigned int count);

#endif
