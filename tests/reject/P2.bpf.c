/* SPDX-License-Identifier: GPL-2.0-only */
/* A type of map that the firmware may lack. */
#include "pair.h"

MAP(map, PAIR(ARRAY, HASH), 4, 4, 1, 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
