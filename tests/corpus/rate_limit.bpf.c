/* SPDX-License-Identifier: GPL-2.0-only */
/* Token bucket for each source, filled as time goes by. */
#include "maps.h"
#include "parse.h"

#define NS_PER_TOKEN 1000000
#define BURST	     100

struct bucket {
	__u64 tokens;
	__u64 last_ns;
};

MAP(buckets, HASH, __be32, struct bucket, 4096);

SEC("xdp")
int rate_limit(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct bucket *b, first = { .tokens = BURST };
	__u64 now = bpf_ktime_get_ns();
	struct ethhdr *eth;
	struct iphdr *ip;
	__be32 from;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip)
		return XDP_PASS;
	from = ip->saddr;
	b = bpf_map_lookup_elem(&buckets, &from);
	if (!b) {
		first.last_ns = now;
		bpf_map_update_elem(&buckets, &from, &first, BPF_ANY);
		return XDP_PASS;
	}
	b->tokens += (now - b->last_ns) / NS_PER_TOKEN;
	if (b->tokens > BURST)
		b->tokens = BURST;
	b->last_ns = now;
	if (!b->tokens)
		return XDP_DROP;
	b->tokens--;
	return XDP_PASS;
}

LICENSE;
