/* SPDX-License-Identifier: GPL-2.0-only */
/* Put what is measured at the interface, with offload-load, and take it off. */
#ifndef BENCH_ATTACH_H
#define BENCH_ATTACH_H

#include "bench/bench.h"

struct bench_attached {
	enum bench_mode as;
	enum xdp_mode mode; /* MODE_NONE: nothing is attached */
	__u32 prog_id;
};

/**
 * bench_attach() - attach for @mode, to answer for the first @targets
 * @out: filled; in mode "stack" nothing is attached
 * @why: a sentence of @room bytes on failure
 *
 * Return: EXIT_OK; EXIT_REFUSED where the mode cannot be had; another exit
 * code where nothing can be.
 */
enum exit_code bench_attach(struct bench *b, enum bench_mode mode,
			    unsigned int targets, struct bench_attached *out,
			    char *why, size_t room);

/* Only what was attached is taken off, not what somebody put in its place.
 * Return: 0 or -errno.
 */
int bench_detach(struct bench *b, struct bench_attached *attached);

/* The baseline as a file in memory. Return: descriptor or -errno. */
int bench_program(void);

#endif
