/* SPDX-License-Identifier: GPL-2.0-only */
/* Sends QUIC packets to the server that their connection id names. */
#include "maps.h"
#include "parse.h"

struct server {
	__u32 mac_high;
	__u32 mac_low;
};

MAP(servers, HASH, __u32, struct server, 1024);

SEC("xdp")
int quic_route(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct server *server;
	struct udphdr *udp;
	struct ethhdr *eth;
	struct iphdr *ip;
	__u8 *quic;
	__u32 id;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	udp = parse_udp(&c);
	if (!udp || udp->dest != bpf_htons(443))
		return XDP_PASS;
	quic = cursor_take(&c, 14);
	if (!quic)
		return XDP_PASS;
	/* A long header has version and length before the id. */
	id = *quic & 0x80 ? *(__u32 *)(quic + 6) : *(__u32 *)(quic + 1);
	server = bpf_map_lookup_elem(&servers, &id);
	if (!server)
		return XDP_PASS;
	*(__u32 *)eth->h_dest = server->mac_high;
	*(__u16 *)(eth->h_dest + 4) = server->mac_low;
	return XDP_TX;
}

LICENSE;
