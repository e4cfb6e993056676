/* SPDX-License-Identifier: GPL-2.0-only */
/* What is being measured: one line on standard error, if that is a terminal. */
#ifndef BENCH_PROGRESS_H
#define BENCH_PROGRESS_H

#include "bench/row.h"

/* @done of @all steps are behind. */
void bench_progress(const char *ifname, const struct bench_row *row,
		    unsigned int repeat, unsigned int done, unsigned int all);

/* Before anything else is printed. */
void bench_progress_clear(void);

#endif
