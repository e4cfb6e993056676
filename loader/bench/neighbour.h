/* SPDX-License-Identifier: GPL-2.0-only */
/* A neighbour that an interface need not ask for, and what was there before. */
#ifndef BENCH_NEIGHBOUR_H
#define BENCH_NEIGHBOUR_H

#include <stdbool.h>
#include <linux/if_ether.h>
#include <linux/types.h>
#include <netinet/in.h>

#include "nl.h"

struct bench_neighbour {
	int ifindex;
	int family;
	struct in6_addr addr; /* IPv4 as ::ffff:a.b.c.d */
	__u16 old_state;      /* NUD_*; 0: there was none */
	__u8 old_mac[ETH_ALEN];
	bool set; /* there is something to put back */
};

/* Make @n->addr a permanent neighbour with @mac. Return: 0 or -errno. */
int bench_neighbour_set(struct nl *nl, struct bench_neighbour *n,
			const __u8 mac[ETH_ALEN]);

/* What was asked for and answered is put back as "stale", so that the kernel
 * asks again when it needs to. Return: 0 or -errno.
 */
int bench_neighbour_put_back(struct nl *nl, struct bench_neighbour *n);

#endif
