/* SPDX-License-Identifier: GPL-2.0-only */
/* A map of nothing. */
#include "pair.h"

MAP(map, HASH, 4, 4, PAIR(0, 1), 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
