/* SPDX-License-Identifier: GPL-2.0-only */
/* The same for another type. */
#include "pair.h"

MAP(map, PAIR(PROG_ARRAY, HASH), PAIR(4, 8), PAIR(4, 8), 4096, PAIR(0, 0));

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
