/* SPDX-License-Identifier: GPL-2.0-only */
/* A map with a flag. */
#include "pair.h"

MAP(map, HASH, 4, 4, 1, PAIR(BPF_F_NO_PREALLOC, 0));

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
