/* SPDX-License-Identifier: GPL-2.0-only */
/* One-to-one NAT of source addresses, with checksums mended. */
#include "maps.h"
#include "parse.h"

MAP(inside, HASH, __be32, __be32, 1024);

static __always_inline __u16 csum_replace(__u16 check, __be32 old, __be32 new)
{
	__u32 sum = (__u16)~check;

	sum += (__u16)~old + (__u16)(~old >> 16);
	sum += (__u16) new + (new >> 16);
	return csum_fold(sum);
}

SEC("xdp")
int nat_static(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct tcphdr *tcp;
	struct udphdr *udp;
	__be32 *to, old, new;
	struct iphdr *ip;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip)
		return XDP_PASS;
	old = ip->saddr;
	to = bpf_map_lookup_elem(&inside, &old);
	if (!to)
		return XDP_PASS;
	new = *to;
	if (ip->protocol == IPPROTO_TCP) {
		tcp = parse_tcp(&c);
		if (!tcp)
			return XDP_DROP;
		tcp->check = csum_replace(tcp->check, old, new);
	} else if (ip->protocol == IPPROTO_UDP) {
		udp = parse_udp(&c);
		if (!udp)
			return XDP_DROP;
		if (udp->check)
			udp->check = csum_replace(udp->check, old, new);
	}
	ip->check = csum_replace(ip->check, old, new);
	ip->saddr = new;
	return XDP_PASS;
}

LICENSE;
