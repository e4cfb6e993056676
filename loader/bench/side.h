/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One end of the wire: an interface in its network namespace. The descriptors
 * belong to that namespace, wherever the process is.
 */
#ifndef BENCH_SIDE_H
#define BENCH_SIDE_H

#include "device.h"
#include "nl.h"

struct bench_side {
	int netns;
	int sock; /* for ioctls */
	struct nl nl;
	struct device dev;
	__u8 mac[6];
	char text[IFNAMSIZ + 64]; /* for a sentence: "eth0", "eth0 in peer" */
};

/**
 * bench_side_open() - look at @ifname in the namespace @netns, and stay there
 * @netns: descriptor, which becomes @side's
 * @where: its name; NULL: the one that the program was started in
 *
 * Return: 0, or -errno, with @side to be closed all the same.
 */
int bench_side_open(struct bench_side *side, const char *ifname, int netns,
		    const char *where);
void bench_side_close(struct bench_side *side);

/* Is there a link? Return: bool; -ENETDOWN where it is down, -ENODEV where it
 * is lost, or another -errno.
 */
int bench_side_has_link(const struct bench_side *side);

/* ETHTOOL_GGRO and ETHTOOL_SGRO. Return: value or 0, or -errno. */
int bench_side_gro(const struct bench_side *side);
int bench_side_set_gro(const struct bench_side *side, int on);

#endif
