/* SPDX-License-Identifier: GPL-2.0-only */
/* Rewrites the DSCP by a table with an entry for each. */
#include "maps.h"
#include "parse.h"

MAP(table, ARRAY, __u32, __u32, 64);

SEC("xdp")
int dscp_entries(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	__u32 key, *to;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip)
		return XDP_PASS;
	key = ip->tos >> 2;
	to = bpf_map_lookup_elem(&table, &key);
	if (!to)
		return XDP_PASS;
	ip->tos = *to << 2;
	ip->check = 0;
	ip->check = ipv4_csum(ip);
	return XDP_PASS;
}

LICENSE;
