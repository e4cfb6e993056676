/* SPDX-License-Identifier: GPL-2.0-only */
/* A number that only bloom filters have a use for. */
#include "pair.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 8);
	__uint(max_entries, 1);
	__uint(map_extra, PAIR(5, 0));
} map SEC(".maps");

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 key = 0;

	(void)ctx;
	return bpf_map_lookup_elem(&map, &key) ? XDP_PASS : XDP_DROP;
}
