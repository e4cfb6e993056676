/* SPDX-License-Identifier: GPL-2.0-only */
/* Looks a destination up right where it lies in the packet. */
#include "maps.h"
#include "parse.h"

MAP(addresses, HASH, __be32, __u32, 1024);

SEC("xdp")
int packet_key(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4_options(&c);
	if (!ip)
		return XDP_PASS;
	return bpf_map_lookup_elem(&addresses, &ip->daddr) ? XDP_PASS
							   : XDP_DROP;
}

LICENSE;
