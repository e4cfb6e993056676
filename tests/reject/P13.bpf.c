/* SPDX-License-Identifier: GPL-2.0-only */
/* A type of map that no card has. */
#include "pair.h"

MAP(map, PAIR(LRU_HASH, HASH), 4, 4, 1, 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
