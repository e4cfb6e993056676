/* SPDX-License-Identifier: GPL-2.0-only */
/* Counters: the program's own, and those that a card keeps of its verdicts. */
#ifndef COUNTERS_H
#define COUNTERS_H

#include "device.h"
#include "installed.h"

/* One counter by name; rows of the card's have its own name in brackets. */
struct counter {
	const char *name;
	const char *source; /* of ethtool -S; NULL: the program's own */
	__u64 value;	    /* packets */
};

#define COUNTERS_MAX 16

/**
 * counters_read() - the counters of a responder
 * @prog: must be ours
 * @out:  COUNTERS_MAX of them
 *
 * On the host each CPU has its own counters; these are their sums.
 *
 * Return: how many, or -errno; -ENODEV or -ENOENT when it went away.
 */
int counters_read(const struct device *dev, const struct installed *prog,
		  struct counter *out);

#endif
