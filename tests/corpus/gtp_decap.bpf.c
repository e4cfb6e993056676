/* SPDX-License-Identifier: GPL-2.0-only */
/* Takes GTP-U off user packets, whose next header is then IPv4. */
#include "maps.h"
#include "parse.h"

#define OUTER (20 + 8 + 8)

struct gtp {
	__u8 flags;
	__u8 type;
	__be16 len;
	__be32 teid;
};

SEC("xdp")
int gtp_decap(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct udphdr *udp;
	struct ethhdr *eth;
	struct iphdr *ip;
	struct ethhdr mac;
	struct gtp *inner;

	eth = cursor_take(&c, sizeof(*eth));
	if (!eth || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	udp = parse_udp(&c);
	if (!udp || udp->dest != bpf_htons(2152))
		return XDP_PASS;
	inner = cursor_take(&c, sizeof(*inner));
	if (!inner)
		return XDP_DROP;
	if (inner->flags != 0x30 || inner->type != 255)
		return XDP_PASS;
	mac = *eth;
	if (bpf_xdp_adjust_head(ctx, OUTER))
		return XDP_DROP;
	c = cursor_start(ctx);
	eth = cursor_take(&c, sizeof(*eth));
	if (!eth)
		return XDP_DROP;
	*eth = mac;
	return XDP_PASS;
}

LICENSE;
