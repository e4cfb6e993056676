/* SPDX-License-Identifier: GPL-2.0-only */
/* A clock that only goes on: CLOCK_MONOTONIC, in nanoseconds. */
#ifndef LOADER_CLOCK_H
#define LOADER_CLOCK_H

#include <time.h>
#include <linux/types.h>

static inline __u64 clock_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

#endif
