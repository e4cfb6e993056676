/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops bare SYNs to protected ports from networks that are not listed. */
#include "maps.h"
#include "parse.h"

MAP(ports, ARRAY, __u32, __u32, 65536);
MAP(networks, HASH, __u32, __u32, 1024);
MAP(drops, ARRAY, __u32, __u64, 1);

static __always_inline void count_drop(void)
{
	__u32 key = 0;
	__u64 *n = bpf_map_lookup_elem(&drops, &key);

	if (n)
		__sync_fetch_and_add(n, 1);
}

SEC("xdp")
int syn_guard(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	__u32 port, net, *protect;
	struct ethhdr *eth;
	struct tcphdr *tcp;
	struct iphdr *ip;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	tcp = parse_tcp(&c);
	if (!tcp || !tcp->syn || tcp->ack)
		return XDP_PASS;
	port = bpf_ntohs(tcp->dest);
	protect = bpf_map_lookup_elem(&ports, &port);
	if (!protect || !*protect)
		return XDP_PASS;
	net = bpf_ntohl(ip->saddr) >> 8;
	if (bpf_map_lookup_elem(&networks, &net))
		return XDP_PASS;
	count_drop();
	return XDP_DROP;
}

LICENSE;
