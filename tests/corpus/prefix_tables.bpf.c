/* SPDX-License-Identifier: GPL-2.0-only */
/* Looks a source up by prefixes of 24, 16 and 8 bits, in tables of their own. */
#include "maps.h"
#include "parse.h"

MAP(by24, HASH, __u32, __u32, 65536);
MAP(by16, HASH, __u32, __u32, 4096);
MAP(by8, ARRAY, __u32, __u32, 256);

static __always_inline __u32 verdict(__u32 addr)
{
	__u32 key = addr >> 8, *found;

	found = bpf_map_lookup_elem(&by24, &key);
	if (found)
		return *found;
	key = addr >> 16;
	found = bpf_map_lookup_elem(&by16, &key);
	if (found)
		return *found;
	key = addr >> 24;
	found = bpf_map_lookup_elem(&by8, &key);
	return found ? *found : 0;
}

SEC("xdp")
int prefix_tables(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4_options(&c);
	if (!ip)
		return XDP_DROP;
	return verdict(bpf_ntohl(ip->saddr)) ? XDP_DROP : XDP_PASS;
}

LICENSE;
