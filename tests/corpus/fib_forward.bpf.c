/* SPDX-License-Identifier: GPL-2.0-only */
/* Router: asks the host's routing table and sends the packet on. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int fib_forward(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct bpf_fib_lookup fib = {};
	struct ethhdr *eth;
	struct iphdr *ip;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->ttl <= 1)
		return XDP_PASS;
	fib.family = 2;
	fib.l4_protocol = ip->protocol;
	fib.tot_len = bpf_ntohs(ip->tot_len);
	fib.ipv4_src = ip->saddr;
	fib.ipv4_dst = ip->daddr;
	fib.ifindex = ctx->ingress_ifindex;
	if (bpf_fib_lookup(ctx, &fib, sizeof(fib), 0))
		return XDP_PASS;
	__builtin_memcpy(eth->h_dest, fib.dmac, 6);
	__builtin_memcpy(eth->h_source, fib.smac, 6);
	ip->ttl--;
	return bpf_redirect(fib.ifindex, 0);
}

LICENSE;
