/* SPDX-License-Identifier: GPL-2.0-only */
/* Load balancer of the shape of the one that was published with its rate on a
 * card (offload/bound.h): a hash over source and ports, a lookup that falls
 * back to the first server, IPIP, two counters in the value, out of the port.
 */
#include "maps.h"
#include "parse.h"

#define SERVERS 512

struct server {
	__be32 from, to;
	__u64 bytes;
	__u64 packets;
	__u8 mac[6];
};

MAP(servers, HASH, __u32, struct server, SERVERS);

/* One round of the last mixing of a Jenkins hash: three words, a rotation. */
#define ROUND(into, from, bits)                             \
	do {                                                \
		into ^= from;                               \
		into -= from << bits | from >> (32 - bits); \
	} while (0)

static __always_inline __u32 hash(__u32 a, __u32 b)
{
	__u32 seed = 0xdeadbeef + 8 + SERVERS, c = seed;

	a += seed;
	b += seed;
	ROUND(c, b, 14);
	ROUND(a, c, 11);
	ROUND(b, a, 25);
	ROUND(c, b, 16);
	ROUND(a, c, 4);
	ROUND(b, a, 14);
	ROUND(c, b, 24);
	return c;
}

static __always_inline struct server *find_server(__be32 source, __u32 ports)
{
	__u32 key = hash(source, ports) % SERVERS;
	struct server *server = bpf_map_lookup_elem(&servers, &key);

	if (server)
		return server;
	key = 0;
	return bpf_map_lookup_elem(&servers, &key);
}

/* Both ports as one word; 0 where the header is not all there. */
static __always_inline __u32 ports_of(struct cursor *c, __u8 protocol)
{
	void *header = protocol == IPPROTO_TCP ? (void *)parse_tcp(c)
					       : (void *)parse_udp(c);

	return header ? *(__u32 *)header : 0;
}

static __always_inline void fill_outer(struct iphdr *ip, __u32 len,
				       const struct server *server)
{
	*(__u16 *)ip = bpf_htons(0x4500);
	ip->tot_len = bpf_htons(len);
	ip->id = 0;
	ip->frag_off = 0;
	ip->ttl = 8;
	ip->protocol = IPPROTO_IPIP;
	ip->check = 0;
	ip->saddr = server->from;
	ip->daddr = server->to;
	ip->check = ipv4_csum(ip);
}

/* The addresses move to the front, where the frame begins now. */
static __always_inline int encapsulate(struct xdp_md *ctx, __u32 len,
				       struct server *server)
{
	struct ethhdr *eth, *old;
	struct iphdr outer;
	void *data, *end;

	if (bpf_xdp_adjust_head(ctx, -(int)sizeof(outer)))
		return XDP_DROP;
	data = (void *)(long)ctx->data;
	end = (void *)(long)ctx->data_end;
	eth = data;
	old = data + sizeof(outer);
	if ((void *)(old + 1) > end)
		return XDP_DROP;
	__builtin_memcpy(eth->h_source, old->h_dest, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, server->mac, ETH_ALEN);
	eth->h_proto = bpf_htons(ETH_P_IP);
	fill_outer(&outer, len + sizeof(outer), server);
	*(struct iphdr *)(eth + 1) = outer;
	__sync_fetch_and_add(&server->packets, 1);
	__sync_fetch_and_add(&server->bytes, (__u16)(end - data));
	return XDP_TX;
}

SEC("xdp")
int lb_counted(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth));
	struct server *server;
	struct iphdr *ip;
	__u32 ports, len;

	if (!eth)
		return XDP_DROP;
	if (eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->frag_off & bpf_htons(0x3fff))
		return XDP_DROP;
	if (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	ports = ports_of(&c, ip->protocol);
	if (!ports)
		return XDP_DROP;
	len = bpf_ntohs(ip->tot_len);
	server = find_server(ip->saddr, ports);
	return server ? encapsulate(ctx, len, server) : XDP_DROP;
}

LICENSE;
