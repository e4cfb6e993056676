/* SPDX-License-Identifier: GPL-2.0-only */
/* A map that asks for a place in memory. */
#include "pair.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(key_size, 4);
	__uint(value_size, 4);
	__uint(max_entries, 1);
#ifndef INSIDE
	__uint(map_flags, BPF_F_NUMA_NODE);
	__uint(numa_node, 0);
#endif
} map SEC(".maps");

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
