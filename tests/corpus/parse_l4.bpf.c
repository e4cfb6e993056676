/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops what is neither TCP, UDP nor ICMP, behind tags and in both families. */
#include "maps.h"
#include "parse.h"

static __always_inline int known(__u8 proto)
{
	return proto == IPPROTO_TCP || proto == IPPROTO_UDP ||
	       proto == IPPROTO_ICMP || proto == IPPROTO_ICMPV6;
}

SEC("xdp")
int parse_l4(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ipv6hdr *ip6;
	struct ethhdr *eth;
	struct iphdr *ip;

	switch (parse_eth(&c, &eth)) {
	case bpf_htons(ETH_P_IP):
		ip = parse_ipv4(&c);
		return ip && known(ip->protocol) ? XDP_PASS : XDP_DROP;
	case bpf_htons(ETH_P_IPV6):
		ip6 = parse_ipv6(&c);
		return ip6 && known(ip6->nexthdr) ? XDP_PASS : XDP_DROP;
	case bpf_htons(ETH_P_ARP):
		return XDP_PASS;
	}
	return XDP_DROP;
}

LICENSE;
