/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel has counted at an interface. Not from /sys, which belongs to
 * the network namespace that it was mounted in.
 */
#ifndef TRAFFIC_H
#define TRAFFIC_H

#include "nl.h"

struct traffic {
	__u64 rx_packets;
	__u64 tx_packets;
};

/* Of the namespace that @nl was opened in. Return: 0 or -errno. */
int traffic_read(struct nl *nl, int ifindex, struct traffic *out);

#endif
