/* SPDX-License-Identifier: GPL-2.0-only */
/* Sends packets back that still have some hops to live, one less each time. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int mirror_ttl(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	__be32 addr;
	__u32 sum;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->ttl <= 1)
		return XDP_DROP;
	ip->ttl--;
	sum = ip->check + bpf_htons(0x0100);
	ip->check = sum + (sum >= 0xffff);
	addr = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = addr;
	swap_mac(eth);
	return XDP_TX;
}

LICENSE;
