/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers pings; the checksum is mended by the helper for it. */
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

SEC("xdp")
int icmp_echo_diff(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct icmp_hdr *icmp, old;
	struct ethhdr *eth;
	struct iphdr *ip;
	__be32 addr;
	__s64 sum;

	icmp = echo_request(&c, &eth, &ip);
	if (!icmp)
		return XDP_PASS;
	old = *icmp;
	icmp->type = 0;
	icmp->check = 0;
	sum = bpf_csum_diff((void *)&old, sizeof(old), (void *)icmp,
			    sizeof(*icmp), ~old.check);
	icmp->check = csum_fold(sum);
	swap_mac(eth);
	addr = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = addr;
	return XDP_TX;
}

LICENSE;
