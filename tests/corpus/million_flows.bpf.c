/* SPDX-License-Identifier: GPL-2.0-only */
/* A table of flows with room for four million. */
#include "maps.h"
#include "parse.h"

struct flow {
	__be32 from, to;
};

MAP(flows, HASH, struct flow, __u64, 4000000);

SEC("xdp")
int million_flows(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct flow key;
	struct iphdr *ip;
	__u64 *n;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip)
		return XDP_PASS;
	key.from = ip->saddr;
	key.to = ip->daddr;
	n = bpf_map_lookup_elem(&flows, &key);
	if (n)
		__sync_fetch_and_add(n, 1);
	return XDP_PASS;
}

LICENSE;
