/* SPDX-License-Identifier: GPL-2.0-only */
/* Rewrites the DSCP by a table of 48 bytes inside of one map value. */
#include "maps.h"
#include "parse.h"

struct table {
	__u8 to[48];
};

MAP(tables, ARRAY, __u32, struct table, 1);

SEC("xdp")
int dscp_table(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct table *table;
	struct iphdr *ip;
	__u32 key = 0;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->tos >> 2 >= 48)
		return XDP_PASS;
	table = bpf_map_lookup_elem(&tables, &key);
	if (!table)
		return XDP_PASS;
	ip->tos = table->to[ip->tos >> 2] << 2;
	ip->check = 0;
	ip->check = ipv4_csum(ip);
	return XDP_PASS;
}

LICENSE;
