/* SPDX-License-Identifier: GPL-2.0-only */
/* The same blacklist, in a map that forgets what is old. */
#include "maps.h"
#include "parse.h"

MAP(blacklist, LRU_HASH, __be32, __u64, 10000);

SEC("xdp")
int l3_blacklist_lru(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	__u64 *drops;
	__be32 from;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip)
		return XDP_PASS;
	from = ip->saddr;
	drops = bpf_map_lookup_elem(&blacklist, &from);
	if (!drops)
		return XDP_PASS;
	__sync_fetch_and_add(drops, 1);
	return XDP_DROP;
}

LICENSE;
