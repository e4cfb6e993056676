/* SPDX-License-Identifier: GPL-2.0-only */
/* Finds the MSS among TCP options and drops SYNs that ask for a tiny one. */
#include "maps.h"
#include "parse.h"

#define MAX_OPTIONS 10
#define MIN_MSS	    500

static __always_inline int small_mss(struct cursor *c, __u32 room)
{
	__u8 *opt = c->pos, *last = c->pos + (room & 63);

#pragma clang loop unroll(disable)
	for (int i = 0; i < MAX_OPTIONS; i++) {
		if (opt >= last || (void *)(opt + 4) > c->end || *opt == 0)
			return 0;
		if (*opt == 2 && opt[1] == 4)
			return (opt[2] << 8 | opt[3]) < MIN_MSS;
		if (*opt != 1 && opt[1] < 2)
			return 0;
		opt += *opt == 1 ? 1 : opt[1] & 63;
	}
	return 0;
}

SEC("xdp")
int tcp_options(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	struct tcphdr *tcp;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	tcp = parse_tcp(&c);
	if (!tcp || !tcp->syn || tcp->doff <= 5)
		return XDP_PASS;
	return small_mss(&c, (tcp->doff - 5) * 4) ? XDP_DROP : XDP_PASS;
}

LICENSE;
