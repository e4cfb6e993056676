/* SPDX-License-Identifier: GPL-2.0-only */
/* Counts packets by IP protocol, and hopes that nobody else does. */
#include "maps.h"
#include "parse.h"

MAP(counts, ARRAY, __u32, __u64, 256);

SEC("xdp")
int proto_count_plain(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ipv6hdr *ip6;
	struct ethhdr *eth;
	struct iphdr *ip;
	__u32 proto = 255;
	__u64 *n;

	switch (parse_eth(&c, &eth)) {
	case bpf_htons(ETH_P_IP):
		ip = parse_ipv4_options(&c);
		if (ip)
			proto = ip->protocol;
		break;
	case bpf_htons(ETH_P_IPV6):
		ip6 = parse_ipv6(&c);
		if (ip6)
			proto = ip6->nexthdr;
		break;
	}
	n = bpf_map_lookup_elem(&counts, &proto);
	if (n)
		*n += 1;
	return XDP_PASS;
}

LICENSE;
