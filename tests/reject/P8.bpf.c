/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A map whose types are told: the kernel refuses them, and libbpf does without.
 */
#include "pair.h"

struct value {
	__u32 left, right;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct value);
} map SEC(".maps");

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 key = 0;

	(void)ctx;
	return bpf_map_lookup_elem(&map, &key) ? XDP_DROP : XDP_PASS;
}
