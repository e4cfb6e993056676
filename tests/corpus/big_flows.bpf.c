/* SPDX-License-Identifier: GPL-2.0-only */
/* A table of flows by both addresses of IPv6 and ports: too large a key. */
#include "maps.h"
#include "parse.h"

struct flow6 {
	struct in6_addr from, to;
	__be16 source, dest;
	__u32 proto;
	__u64 zone[4];
};

MAP(flows, HASH, struct flow6, __u64, 10000);

SEC("xdp")
int big_flows(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct flow6 key = {};
	struct ipv6hdr *ip6;
	struct ethhdr *eth;
	__be16 *ports;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	ip6 = parse_ipv6(&c);
	if (!ip6)
		return XDP_DROP;
	ports = cursor_take(&c, 4);
	if (!ports)
		return XDP_DROP;
	key.from = ip6->saddr;
	key.to = ip6->daddr;
	key.source = ports[0];
	key.dest = ports[1];
	key.proto = ip6->nexthdr;
	return bpf_map_lookup_elem(&flows, &key) ? XDP_PASS : XDP_DROP;
}

LICENSE;
