/* SPDX-License-Identifier: GPL-2.0-only */
/* Judges ports in a function of its own. */
#include "maps.h"
#include "parse.h"

static __noinline int judge_ports(__u32 source, __u32 dest, __u32 proto)
{
	if (proto == IPPROTO_UDP && source == 0)
		return XDP_DROP;
	if (dest == 0 || dest == 135 || dest == 445)
		return XDP_DROP;
	return source < 1024 && dest < 1024 && source != dest ? XDP_DROP
							      : XDP_PASS;
}

SEC("xdp")
int subprogram_static(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	__be16 *ports;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP))
		return XDP_PASS;
	ports = cursor_take(&c, 4);
	if (!ports)
		return XDP_DROP;
	return judge_ports(bpf_ntohs(ports[0]), bpf_ntohs(ports[1]),
			   ip->protocol);
}

LICENSE;
