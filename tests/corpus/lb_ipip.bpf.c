/* SPDX-License-Identifier: GPL-2.0-only */
/* Load balancer: hashes a flow, and sends it on in IPIP to one of 64 servers. */
#include "maps.h"
#include "parse.h"

struct flow {
	__be32 from, to;
	__be16 source, dest;
	__u32 proto;
};

struct real {
	__be32 addr;
	__u32 mac_high;
	__u32 mac_low;
};

static __always_inline __u32 flow_hash(const struct flow *f)
{
	__u32 h = f->from ^ (f->to << 7 | f->to >> 25);

	h ^= (__u32)f->source << 16 | f->dest;
	h += f->proto;
	h ^= h >> 15;
	h ^= h << 11;
	return h ^ h >> 7;
}

static __always_inline struct iphdr *find_flow(struct cursor *c,
					       struct ethhdr **eth,
					       struct flow *f)
{
	struct iphdr *ip;
	__be16 *ports;

	if (parse_eth(c, eth) != bpf_htons(ETH_P_IP))
		return NULL;
	ip = parse_ipv4(c);
	if (!ip || (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP))
		return NULL;
	ports = cursor_take(c, 4);
	if (!ports)
		return NULL;
	f->from = ip->saddr;
	f->to = ip->daddr;
	f->source = ports[0];
	f->dest = ports[1];
	f->proto = ip->protocol;
	return ip;
}

MAP(virtual_addrs, HASH, __be32, __u32, 64);
MAP(reals, ARRAY, __u32, struct real, 64);

static __always_inline int encapsulate(struct xdp_md *ctx, __be32 vip,
				       const struct real *real, __u32 len)
{
	struct ethhdr *eth;
	struct iphdr *ip;
	void *data, *end;

	if (bpf_xdp_adjust_head(ctx, -(int)sizeof(*ip)))
		return XDP_DROP;
	data = (void *)(long)ctx->data;
	end = (void *)(long)ctx->data_end;
	eth = data;
	ip = data + sizeof(*eth);
	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	*(__u32 *)eth->h_dest = real->mac_high;
	*(__u16 *)(eth->h_dest + 4) = real->mac_low;
	eth->h_proto = bpf_htons(ETH_P_IP);
	*(__u16 *)ip = bpf_htons(0x4500);
	ip->tot_len = bpf_htons(len + sizeof(*ip));
	ip->id = 0;
	ip->frag_off = 0;
	*(__u16 *)&ip->ttl = bpf_htons(64 << 8 | IPPROTO_IPIP);
	ip->check = 0;
	ip->saddr = vip;
	ip->daddr = real->addr;
	ip->check = ipv4_csum(ip);
	return XDP_TX;
}

SEC("xdp")
int lb_ipip(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct flow flow = {};
	struct ethhdr *eth;
	struct real *real;
	struct iphdr *ip;
	__u32 slot, len;
	__be32 vip;

	ip = find_flow(&c, &eth, &flow);
	if (!ip)
		return XDP_PASS;
	vip = flow.to;
	if (!bpf_map_lookup_elem(&virtual_addrs, &vip))
		return XDP_PASS;
	slot = flow_hash(&flow) & 63;
	real = bpf_map_lookup_elem(&reals, &slot);
	if (!real || !real->addr)
		return XDP_DROP;
	len = bpf_ntohs(ip->tot_len);
	return encapsulate(ctx, vip, real, len);
}

LICENSE;
