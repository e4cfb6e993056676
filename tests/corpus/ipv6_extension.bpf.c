/* SPDX-License-Identifier: GPL-2.0-only */
/* Walks IPv6 extension headers and drops type 0 routing headers. */
#include "maps.h"
#include "parse.h"

#define MAX_HEADERS 4

struct extension {
	__u8 next;
	__u8 len; /* in 8 bytes, without the first */
	__u8 type;
	__u8 left;
};

SEC("xdp")
int ipv6_extension(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct extension *ext;
	struct ipv6hdr *ip6;
	struct ethhdr *eth;
	__u8 next;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	ip6 = parse_ipv6(&c);
	if (!ip6)
		return XDP_DROP;
	next = ip6->nexthdr;
#pragma unroll
	for (int i = 0; i < MAX_HEADERS; i++) {
		if (next != IPPROTO_HOPOPTS && next != IPPROTO_DSTOPTS &&
		    next != IPPROTO_ROUTING)
			return XDP_PASS;
		ext = c.pos;
		if ((void *)(ext + 2) > c.end)
			return XDP_DROP;
		if (next == IPPROTO_ROUTING && ext->type == 0)
			return XDP_DROP;
		next = ext->next;
		c.pos += ((__u32)ext->len + 1) * 8;
	}
	return XDP_DROP;
}

LICENSE;
