/* SPDX-License-Identifier: GPL-2.0-only */
/* An array whose key is none of four bytes. */
#include "pair.h"

MAP(map, ARRAY, PAIR(8, 4), 4, 1, 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
