/* SPDX-License-Identifier: GPL-2.0-only */
/* What offload-bench is asked to measure: its command line, and the rows that
 * follow from it.
 */
#ifndef BENCH_PLAN_H
#define BENCH_PLAN_H

#include <stdbool.h>
#include <stdio.h>

#include "mode.h"

/* The places a responder can be in, in the order of enum xdp_mode, and what
 * they are compared with.
 */
enum bench_mode {
	BENCH_HW = MODE_HW,
	BENCH_DRIVER = MODE_DRIVER,
	BENCH_GENERIC = MODE_GENERIC,
	BENCH_TC = MODE_TC,
	BENCH_STACK,	/* nothing attached: the kernel answers */
	BENCH_BASELINE, /* a program that swaps MACs and sends back */
	BENCH_MODES,
};

#define BENCH_LIST_MAX	  16 /* sizes, and numbers of targets */
#define BENCH_REPEAT_MAX  100
#define BENCH_SECONDS_MAX 3600

enum bench_task {
	BENCH_RUN,
	BENCH_HELP,
	BENCH_VERSION,
};

struct bench_list {
	unsigned int at[BENCH_LIST_MAX];
	unsigned int count;
};

struct bench_options {
	enum bench_task task;
	const char *ifname;
	const char *peer;
	const char *netns;	   /* where the peer is; NULL: here */
	const char *sender;	   /* NULL: the fastest that works */
	const char *plot;	   /* file; NULL: none */
	struct bench_list modes;   /* enum bench_mode */
	struct bench_list sizes;   /* bytes, Ethernet header to payload's end */
	struct bench_list targets; /* numbers of addresses */
	unsigned int repeat;
	double seconds; /* of each repeat, at the highest rate */
	int family;	/* AF_INET, AF_INET6; AF_UNSPEC: what there is */
	int cpu;	/* that sends; -1: the last of those allowed */
	bool json;
	bool verbose;
};

/**
 * bench_options_parse() - read the command line
 * @out: its texts are those of @argv
 * @why: a sentence of @room bytes on failure
 *
 * Return: 0, -EINVAL with @why, or -ENOMEM.
 */
int bench_options_parse(int argc, char **argv, struct bench_options *out,
			char *why, size_t room);

void bench_options_help(FILE *to);

const char *bench_mode_name(enum bench_mode mode);

/* Also by the names that other tools use. Return: BENCH_MODES for none. */
enum bench_mode bench_mode_from_name(const char *name);

/* What the rows of all modes have in common. */
struct bench_cell {
	unsigned int size; /* bytes */
	unsigned int targets;
};

#define BENCH_CELLS_MAX (2 * BENCH_LIST_MAX)

/* Each size with the first number of targets, and each number of targets with
 * the first size. Return: how many.
 */
unsigned int bench_cells(const struct bench_options *options,
			 struct bench_cell out[BENCH_CELLS_MAX]);

#endif
