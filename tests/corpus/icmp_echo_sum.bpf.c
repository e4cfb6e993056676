/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers pings of up to 64 bytes; the checksum is made anew in a loop. */
#include "maps.h"
#include "parse.h"

static __always_inline struct icmp_hdr *echo_request(struct cursor *c,
						     struct ethhdr **eth,
						     struct iphdr **ip)
{
	struct icmp_hdr *icmp;

	if (parse_eth(c, eth) != bpf_htons(ETH_P_IP))
		return NULL;
	*ip = parse_ipv4(c);
	if (!*ip || (*ip)->protocol != IPPROTO_ICMP)
		return NULL;
	icmp = cursor_take(c, sizeof(*icmp));
	return icmp && icmp->type == 8 && icmp->code == 0 ? icmp : NULL;
}

#define MAX_HALVES 36

SEC("xdp")
int icmp_echo_sum(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct icmp_hdr *icmp;
	struct ethhdr *eth;
	struct iphdr *ip;
	__u32 sum = 0;
	__be32 addr;
	__u16 *half;

	icmp = echo_request(&c, &eth, &ip);
	if (!icmp)
		return XDP_PASS;
	icmp->type = 0;
	icmp->check = 0;
	half = (void *)icmp;
#pragma clang loop unroll(disable)
	for (int i = 0; i < MAX_HALVES; i++) {
		if ((void *)(half + 1) > c.end)
			break;
		sum += *half++;
	}
	icmp->check = csum_fold(sum);
	swap_mac(eth);
	addr = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = addr;
	return XDP_TX;
}

LICENSE;
