/* SPDX-License-Identifier: GPL-2.0-only */
/* Hands what was parsed to a function by its address. */
#include "maps.h"
#include "parse.h"

struct packet {
	__u32 from, to;
	__u16 source, dest;
	__u32 proto;
};

static __noinline int fill(struct xdp_md *ctx, struct packet *p)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	__be16 *ports;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return 0;
	ip = parse_ipv4(&c);
	if (!ip)
		return 0;
	ports = cursor_take(&c, 4);
	if (!ports)
		return 0;
	p->from = ip->saddr;
	p->to = ip->daddr;
	p->proto = ip->protocol;
	p->source = ports[0];
	p->dest = ports[1];
	return 1;
}

SEC("xdp")
int subprogram_struct(struct xdp_md *ctx)
{
	struct packet p = {};

	if (!fill(ctx, &p))
		return XDP_PASS;
	/* A land attack: to itself from itself. */
	if (p.from == p.to && p.source == p.dest)
		return XDP_DROP;
	return XDP_PASS;
}

LICENSE;
