/* SPDX-License-Identifier: GPL-2.0-only */
/* The same with a function that is verified on its own. */
#include "maps.h"
#include "parse.h"

struct packet {
	__u32 from, to;
};

__noinline int is_land(struct packet *p)
{
	return p && p->from == p->to;
}

SEC("xdp")
int subprogram_memory(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct packet p = {};
	struct ethhdr *eth;
	struct iphdr *ip;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip)
		return XDP_PASS;
	p.from = ip->saddr;
	p.to = ip->daddr;
	return is_land(&p) ? XDP_DROP : XDP_PASS;
}

LICENSE;
