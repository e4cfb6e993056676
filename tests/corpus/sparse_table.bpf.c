/* SPDX-License-Identifier: GPL-2.0-only */
/* Looks up in a table whose entries are allocated when they are needed. */
#include "maps.h"
#include "parse.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 100000);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, __u64);
	__type(value, __u32);
} macs SEC(".maps");

SEC("xdp")
int sparse_table(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth));
	__u64 mac;

	if (!eth)
		return XDP_DROP;
	mac = *(__u32 *)eth->h_source;
	mac |= (__u64) * (__u16 *)(eth->h_source + 4) << 32;
	return bpf_map_lookup_elem(&macs, &mac) ? XDP_DROP : XDP_PASS;
}

LICENSE;
