/* SPDX-License-Identifier: GPL-2.0-only */
/* Takes VXLAN off packets of one network. */
#include "maps.h"
#include "parse.h"

#define OUTER (14 + 20 + 8 + 8)

struct vxlan {
	__be32 flags;
	__be32 vni;
};

SEC("xdp")
int vxlan_decap(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct udphdr *udp;
	struct ethhdr *eth;
	struct iphdr *ip;
	struct vxlan *inner;

	eth = cursor_take(&c, sizeof(*eth));
	if (!eth || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	udp = parse_udp(&c);
	if (!udp || udp->dest != bpf_htons(4789))
		return XDP_PASS;
	inner = cursor_take(&c, sizeof(*inner));
	if (!inner)
		return XDP_DROP;
	if (inner->vni != bpf_htonl(42 << 8))
		return XDP_PASS;
	if (bpf_xdp_adjust_head(ctx, OUTER))
		return XDP_DROP;
	return XDP_PASS;
}

LICENSE;
