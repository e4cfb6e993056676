/* SPDX-License-Identifier: GPL-2.0-only */
/* Looks a source up in a tree of prefixes. */
#include "maps.h"
#include "parse.h"

struct prefix {
	__u32 len;
	__be32 addr;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 10000);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix);
	__type(value, __u32);
} prefixes SEC(".maps");

SEC("xdp")
int lpm_firewall(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct prefix key = { .len = 32 };
	struct ethhdr *eth;
	struct iphdr *ip;
	__u32 *action;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4_options(&c);
	if (!ip)
		return XDP_DROP;
	key.addr = ip->saddr;
	action = bpf_map_lookup_elem(&prefixes, &key);
	return action ? *action : XDP_PASS;
}

LICENSE;
