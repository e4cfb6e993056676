/* SPDX-License-Identifier: GPL-2.0-only */
/* The same for another type. */
#include "pair.h"

MAP(map, PAIR(LPM_TRIE, HASH), PAIR(8, 8), PAIR(4, 8), 4096,
    PAIR(BPF_F_NO_PREALLOC, 0));

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
