/* SPDX-License-Identifier: GPL-2.0-only */
/* Key and value, each rounded up to eight, that take more than 64 bytes. */
#include "pair.h"

MAP(map, HASH, PAIR(9, 8), 56, 1, 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u64 key[8] = {};

	(void)ctx;
	return bpf_map_lookup_elem(&map, key) ? XDP_DROP : XDP_PASS;
}
