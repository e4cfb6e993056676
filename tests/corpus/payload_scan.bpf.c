/* SPDX-License-Identifier: GPL-2.0-only */
/* Looks for a byte that no text has in the first bytes of a UDP payload. */
#include "maps.h"
#include "parse.h"

#define MAX_SCAN 64

SEC("xdp")
int payload_scan(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct udphdr *udp;
	struct ethhdr *eth;
	struct iphdr *ip;
	__u8 *at;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	udp = parse_udp(&c);
	if (!udp || udp->dest != bpf_htons(514))
		return XDP_PASS;
	at = c.pos;
#pragma clang loop unroll(disable)
	for (int i = 0; i < MAX_SCAN; i++) {
		if ((void *)(at + i + 1) > c.end)
			break;
		if (!at[i])
			return XDP_DROP;
	}
	return XDP_PASS;
}

LICENSE;
