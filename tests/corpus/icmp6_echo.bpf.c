/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers pings over IPv6. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int icmp6_echo(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct icmp_hdr *icmp;
	struct ipv6hdr *ip6;
	struct in6_addr from;
	struct ethhdr *eth;
	__u32 sum;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	ip6 = parse_ipv6(&c);
	if (!ip6 || ip6->nexthdr != IPPROTO_ICMPV6)
		return XDP_PASS;
	icmp = cursor_take(&c, sizeof(*icmp));
	if (!icmp || icmp->type != 128 || *(__u8 *)&ip6->daddr == 0xff)
		return XDP_PASS;
	swap_mac(eth);
	from = ip6->saddr;
	ip6->saddr = ip6->daddr;
	ip6->daddr = from;
	/* 128 becomes 129: one is taken off the ones' complement. */
	sum = icmp->check + (__u16)~bpf_htons(0x0100);
	icmp->check = sum + (sum >> 16);
	icmp->type = 129;
	return XDP_TX;
}

LICENSE;
