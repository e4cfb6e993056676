/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A value that is too large, where elements may be larger than usual: otherwise
 * P5 comes first.
 */
#include "pair.h"

MAP(map, HASH, 4, PAIR(57, 56), 1, 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u64 key[8] = {};

	(void)ctx;
	return bpf_map_lookup_elem(&map, key) ? XDP_DROP : XDP_PASS;
}
