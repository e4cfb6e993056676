/* SPDX-License-Identifier: GPL-2.0-only */
/* Load balancer over seven servers: the remainder by way of a constant. */
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

#define SERVERS 7

MAP(reals, ARRAY, __u32, struct real, SERVERS);

SEC("xdp")
int lb_seven(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct flow flow = {};
	struct ethhdr *eth;
	struct real *real;
	__u32 hash, slot;

	if (!find_flow(&c, &eth, &flow))
		return XDP_PASS;
	hash = flow_hash(&flow) & 0xffffff;
	slot = hash - hash / SERVERS * SERVERS;
	real = bpf_map_lookup_elem(&reals, &slot);
	if (!real)
		return XDP_DROP;
	*(__u32 *)eth->h_dest = real->mac_high;
	*(__u16 *)(eth->h_dest + 4) = real->mac_low;
	return XDP_TX;
}

LICENSE;
