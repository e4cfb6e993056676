/* SPDX-License-Identifier: GPL-2.0-only */
/* Opens SSH for an address that has knocked at three ports in order. */
#include "maps.h"
#include "parse.h"

#define SSH 22

MAP(stages, HASH, __be32, __u32, 4096);

static __always_inline __u32 next_stage(__u32 stage, __u16 port)
{
	const __u16 knocks[] = { 7001, 8002, 9003 };

	if (stage < 3 && port == (stage == 0   ? knocks[0]
				  : stage == 1 ? knocks[1]
					       : knocks[2]))
		return stage + 1;
	return stage == 3 ? 3 : 0;
}

SEC("xdp")
int port_knock(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	__u32 stage = 0, *old;
	struct ethhdr *eth;
	struct tcphdr *tcp;
	struct iphdr *ip;
	__be32 from;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	tcp = parse_tcp(&c);
	if (!tcp)
		return XDP_PASS;
	from = ip->saddr;
	old = bpf_map_lookup_elem(&stages, &from);
	if (old)
		stage = *old;
	if (tcp->dest == bpf_htons(SSH))
		return stage == 3 ? XDP_PASS : XDP_DROP;
	stage = next_stage(stage, bpf_ntohs(tcp->dest));
	bpf_map_update_elem(&stages, &from, &stage, BPF_ANY);
	return XDP_PASS;
}

LICENSE;
