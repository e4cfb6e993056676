/* SPDX-License-Identifier: GPL-2.0-only */
/* Mixes the addresses of IPv6 by a product of 64 bits. */
#include "maps.h"
#include "parse.h"

MAP(blocked, HASH, __u64, __u32, 4096);

SEC("xdp")
int wide_arithmetic(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ipv6hdr *ip6;
	struct ethhdr *eth;
	__u64 *half, hash;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	ip6 = parse_ipv6(&c);
	if (!ip6)
		return XDP_DROP;
	half = (void *)&ip6->saddr;
	hash = half[0] ^ half[1];
	hash *= 0x9e3779b97f4a7c15ULL;
	hash ^= hash >> 32;
	return bpf_map_lookup_elem(&blocked, &hash) ? XDP_DROP : XDP_PASS;
}

LICENSE;
