/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Frames at random that are worth running: echo requests of every kind, most
 * of them with something changed. One seed makes one sequence of frames.
 */
#ifndef PROG_MUTATE_H
#define PROG_MUTATE_H

#include <stddef.h>
#include <linux/types.h>

#include "wire/cases.h"

#define MUTATE_MAX 1024 /* bytes of the longest frame */

/* A sequence; a copy of it goes on as the original does. */
struct mutate {
	const struct wire_hosts *hosts;
	__u64 state; /* set to the seed */
};

/* Return: 64 random bits. */
__u64 mutate_random(struct mutate *m);

/**
 * mutate_next() - make the next frame
 * @frame: room for MUTATE_MAX bytes
 *
 * Return: its length, 14 or more.
 */
size_t mutate_next(struct mutate *m, __u8 *frame);

#endif
