/* SPDX-License-Identifier: GPL-2.0-only */
/* Does with each source what a table says, number for number. */
#include "maps.h"
#include "parse.h"

MAP(actions, HASH, __be32, __u32, 1024);

SEC("xdp")
int verdict_map(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	__u32 *action;
	__be32 from;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4_options(&c);
	if (!ip)
		return XDP_DROP;
	from = ip->saddr;
	action = bpf_map_lookup_elem(&actions, &from);
	return action ? *action : XDP_PASS;
}

LICENSE;
