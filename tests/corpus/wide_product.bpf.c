/* SPDX-License-Identifier: GPL-2.0-only */
/* Mixes the addresses of IPv6 by what the compiler makes a product of. */
#include "maps.h"
#include "parse.h"

MAP(blocked, HASH, __u64, __u32, 4096);

static __always_inline __u64 rotate(__u64 x, unsigned int by)
{
	return x << by | x >> (64 - by);
}

SEC("xdp")
int wide_product(struct xdp_md *ctx)
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
	hash = half[0];
	hash += rotate(half[1], 13);
	hash ^= rotate(hash, 32);
	hash -= hash << 3;
	hash ^= rotate(hash, (ip6->hop_limit & 7) + 1);
	return bpf_map_lookup_elem(&blocked, &hash) ? XDP_DROP : XDP_PASS;
}

LICENSE;
