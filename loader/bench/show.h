/* SPDX-License-Identifier: GPL-2.0-only */
/* What a run came to, as tables for people, as JSON, and as a drawing. */
#ifndef BENCH_SHOW_H
#define BENCH_SHOW_H

#include <stdio.h>
#include <jansson.h>

#include "bench/bench.h"

/* Where it was measured. */
struct bench_machine {
	char kernel[65];
	char cpu[128]; /* model name, or "" */
	unsigned int cpus;
};

void bench_machine_read(struct bench_machine *out);

void bench_table(FILE *to, const struct bench *b,
		 const struct bench_machine *machine);

json_t *bench_json(const struct bench *b, const struct bench_machine *machine);

/**
 * bench_plot() - draw rates and round-trip times with gnuplot
 * @file: SVG, written anew
 * @why:  a sentence of @room bytes on failure
 *
 * Return: 0; -ENODATA where there is nothing to draw; or -errno.
 */
int bench_plot(const char *file, const struct bench *b, char *why, size_t room);

/* Before the measuring: is there a gnuplot, and can @file be written? Return:
 * EXIT_OK; EXIT_UNAVAILABLE or EXIT_USAGE with a sentence.
 */
enum exit_code bench_plot_check(const char *file, char *why, size_t room);

#endif
