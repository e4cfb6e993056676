/* SPDX-License-Identifier: GPL-2.0-only */
/* Takes the tag off tagged frames, and puts one on the others. */
#include "maps.h"
#include "parse.h"

MAP(tags, ARRAY, __u32, __u32, 1);

static __always_inline int put_eth(struct xdp_md *ctx, struct ethhdr *eth,
				   __be16 proto)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *to = cursor_take(&c, sizeof(*to));

	if (!to)
		return XDP_DROP;
	eth->h_proto = proto;
	__builtin_memcpy(to, eth, sizeof(*to));
	return XDP_PASS;
}

static __always_inline int push(struct xdp_md *ctx, struct ethhdr *eth)
{
	struct vlan_hdr *vlan;
	__u32 key = 0, *tag;
	struct cursor c;
	__be16 tci;

	tag = bpf_map_lookup_elem(&tags, &key);
	if (!tag)
		return XDP_PASS;
	tci = *tag;
	if (bpf_xdp_adjust_head(ctx, -(int)sizeof(*vlan)))
		return XDP_DROP;
	c = cursor_start(ctx);
	c.pos += sizeof(*eth);
	vlan = cursor_take(&c, sizeof(*vlan));
	if (!vlan)
		return XDP_DROP;
	vlan->tci = tci;
	vlan->proto = eth->h_proto;
	return put_eth(ctx, eth, bpf_htons(ETH_P_8021Q));
}

SEC("xdp")
int vlan_swap(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth)), copy;
	struct vlan_hdr *vlan;
	__be16 proto;

	if (!eth)
		return XDP_DROP;
	copy = *eth;
	if (eth->h_proto != bpf_htons(ETH_P_8021Q))
		return push(ctx, &copy);
	vlan = cursor_take(&c, sizeof(*vlan));
	if (!vlan)
		return XDP_DROP;
	proto = vlan->proto;
	if (bpf_xdp_adjust_head(ctx, sizeof(*vlan)))
		return XDP_DROP;
	return put_eth(ctx, &copy, proto);
}

LICENSE;
