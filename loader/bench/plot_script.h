/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_PLOT_SCRIPT_H
#define BENCH_PLOT_SCRIPT_H

#include <stdio.h>

#include "bench/bench.h"

/* For gnuplot, which then writes an SVG to its standard output. Return: 0, or
 * -ENODATA where there is nothing to draw.
 */
int bench_plot_script(FILE *to, const struct bench *b);

#endif
