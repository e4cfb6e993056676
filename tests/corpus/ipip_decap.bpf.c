/* SPDX-License-Identifier: GPL-2.0-only */
/* Takes the outer IPv4 header off IPIP packets. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int ipip_decap(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth, *moved;
	__u32 dest, source_high;
	__u16 dest_low, source;
	struct iphdr *outer;

	eth = cursor_take(&c, sizeof(*eth));
	if (!eth || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	outer = parse_ipv4(&c);
	if (!outer || outer->protocol != IPPROTO_IPIP)
		return XDP_PASS;
	if (!cursor_take(&c, sizeof(struct iphdr)))
		return XDP_DROP;
	dest = *(__u32 *)eth->h_dest;
	dest_low = *(__u16 *)(eth->h_dest + 4);
	source_high = *(__u32 *)eth->h_source;
	source = *(__u16 *)(eth->h_source + 4);
	if (bpf_xdp_adjust_head(ctx, sizeof(*outer)))
		return XDP_DROP;
	c = cursor_start(ctx);
	moved = cursor_take(&c, sizeof(*moved));
	if (!moved)
		return XDP_DROP;
	*(__u32 *)moved->h_dest = dest;
	*(__u16 *)(moved->h_dest + 4) = dest_low;
	*(__u32 *)moved->h_source = source_high;
	*(__u16 *)(moved->h_source + 4) = source;
	moved->h_proto = bpf_htons(ETH_P_IP);
	return XDP_PASS;
}

LICENSE;
