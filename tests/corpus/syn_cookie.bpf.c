/* SPDX-License-Identifier: GPL-2.0-only */
/* Answers SYNs with a cookie made of time and addresses. */
#include "maps.h"
#include "parse.h"

static __always_inline __u32 cookie(const struct iphdr *ip,
				    const struct tcphdr *tcp)
{
	__u32 minute = bpf_ktime_get_ns() >> 36;
	__u32 hash = ip->saddr * 2654435761U ^ ip->daddr;

	hash ^= (__u32)tcp->source << 16 | tcp->dest;
	return hash * 0x9e3779b1 ^ minute;
}

SEC("xdp")
int syn_cookie(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct tcphdr *tcp;
	struct iphdr *ip;
	__be32 addr;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	tcp = parse_tcp(&c);
	if (!tcp || !tcp->syn || tcp->ack)
		return XDP_PASS;
	tcp->ack_seq = bpf_htonl(bpf_ntohl(tcp->seq) + 1);
	tcp->seq = cookie(ip, tcp);
	tcp->ack = 1;
	swap_mac(eth);
	addr = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = addr;
	return XDP_TX;
}

LICENSE;
