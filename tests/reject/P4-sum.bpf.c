/* SPDX-License-Identifier: GPL-2.0-only */
/* The entries of all maps count together. */
#include "pair.h"

MAP(one, HASH, 4, 4, 2000000, 0);
MAP(other, HASH, 4, 4, 48000 + PAIR(1, 0), 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
