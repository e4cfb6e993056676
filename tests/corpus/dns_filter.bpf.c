/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops DNS queries of type ANY. */
#include "maps.h"
#include "parse.h"

struct dns_hdr {
	__be16 id, flags, questions, answers, authorities, additional;
};

#define MAX_LABELS 8

SEC("xdp")
int dns_filter(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct dns_hdr *dns;
	struct udphdr *udp;
	struct ethhdr *eth;
	struct iphdr *ip;
	__u8 *label;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	udp = parse_udp(&c);
	if (!udp || udp->dest != bpf_htons(53))
		return XDP_PASS;
	dns = cursor_take(&c, sizeof(*dns));
	if (!dns || dns->questions != bpf_htons(1))
		return XDP_DROP;
	label = c.pos;
#pragma clang loop unroll(disable)
	for (int i = 0; i < MAX_LABELS; i++) {
		if ((void *)(label + 3) > c.end)
			return XDP_DROP;
		if (!*label)
			return label[2] == 255 ? XDP_DROP : XDP_PASS;
		label += (*label & 63) + 1;
	}
	return XDP_PASS;
}

LICENSE;
