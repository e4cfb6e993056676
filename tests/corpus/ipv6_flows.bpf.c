/* SPDX-License-Identifier: GPL-2.0-only */
/* A table of flows by both addresses of IPv6, of a size that fits. */
#include "maps.h"
#include "parse.h"

struct pair6 {
	struct in6_addr from, to;
};

struct use {
	__u64 packets;
	__u64 bytes;
};

MAP(flows, HASH, struct pair6, struct use, 10000);

SEC("xdp")
int ipv6_flows(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ipv6hdr *ip6;
	struct pair6 key;
	struct ethhdr *eth;
	struct use *use;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	ip6 = parse_ipv6(&c);
	if (!ip6)
		return XDP_DROP;
	key.from = ip6->saddr;
	key.to = ip6->daddr;
	use = bpf_map_lookup_elem(&flows, &key);
	if (!use)
		return XDP_DROP;
	__sync_fetch_and_add(&use->packets, 1);
	__sync_fetch_and_add(&use->bytes, bpf_ntohs(ip6->payload_len));
	return XDP_PASS;
}

LICENSE;
