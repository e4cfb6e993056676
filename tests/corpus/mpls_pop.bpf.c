/* SPDX-License-Identifier: GPL-2.0-only */
/* Takes the bottom label off MPLS frames. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int mpls_pop(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth)), old;
	__be32 *label;

	if (!eth || eth->h_proto != bpf_htons(ETH_P_MPLS_UC))
		return XDP_PASS;
	label = cursor_take(&c, sizeof(*label));
	if (!label || !(*label & bpf_htonl(1 << 8)))
		return XDP_PASS;
	__builtin_memcpy(&old, eth, sizeof(old));
	if (bpf_xdp_adjust_head(ctx, sizeof(*label)))
		return XDP_DROP;
	c = cursor_start(ctx);
	eth = cursor_take(&c, sizeof(*eth));
	if (!eth)
		return XDP_DROP;
	old.h_proto = bpf_htons(ETH_P_IP);
	__builtin_memcpy(eth, &old, sizeof(old));
	return XDP_PASS;
}

LICENSE;
