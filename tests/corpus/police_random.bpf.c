/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops a share of UDP that user space sets, by chance and without a clock. */
#include "maps.h"
#include "parse.h"

MAP(shares, ARRAY, __u32, __u32, 1);
MAP(counts, ARRAY, __u32, __u64, 2);

SEC("xdp")
int police_random(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	__u32 key = 0, *share, drop;
	struct ethhdr *eth;
	struct iphdr *ip;
	__u64 *n;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4_options(&c);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	share = bpf_map_lookup_elem(&shares, &key);
	if (!share)
		return XDP_PASS;
	drop = bpf_get_prandom_u32() < *share;
	key = drop;
	n = bpf_map_lookup_elem(&counts, &key);
	if (n)
		__sync_fetch_and_add(n, 1);
	return drop ? XDP_DROP : XDP_PASS;
}

LICENSE;
