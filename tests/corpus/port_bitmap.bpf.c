/* SPDX-License-Identifier: GPL-2.0-only */
/* Tests the port in a bitmap that an array holds, 32 to a word. */
#include "maps.h"
#include "parse.h"

MAP(bitmap, ARRAY, __u32, __u32, 2048);

SEC("xdp")
int port_bitmap(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	__u32 port, key, *word;
	struct ethhdr *eth;
	struct iphdr *ip;
	__be16 *ports;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP))
		return XDP_PASS;
	ports = cursor_take(&c, 4);
	if (!ports)
		return XDP_DROP;
	port = bpf_ntohs(ports[1]);
	key = port >> 5;
	word = bpf_map_lookup_elem(&bitmap, &key);
	return word && *word >> (port & 31) & 1 ? XDP_PASS : XDP_DROP;
}

LICENSE;
