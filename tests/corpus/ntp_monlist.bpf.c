/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops NTP monlist requests and their overlong answers. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int ntp_monlist(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct udphdr *udp;
	struct ethhdr *eth;
	struct iphdr *ip;
	__u8 *ntp;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4_options(&c);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	udp = parse_udp(&c);
	if (!udp)
		return XDP_DROP;
	if (udp->source == bpf_htons(123) && bpf_ntohs(udp->len) > 8 + 48 + 20)
		return XDP_DROP;
	if (udp->dest != bpf_htons(123))
		return XDP_PASS;
	ntp = cursor_take(&c, 4);
	if (!ntp)
		return XDP_DROP;
	/* Mode 7, request 42. */
	return (*ntp & 7) == 7 && ntp[3] == 42 ? XDP_DROP : XDP_PASS;
}

LICENSE;
