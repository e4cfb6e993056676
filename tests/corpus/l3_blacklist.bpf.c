/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops what comes from listed IPv4 addresses, and counts it there. */
#include "maps.h"
#include "parse.h"

struct seen {
	__u64 packets, bytes;
};

MAP(blacklist, HASH, __be32, struct seen, 10000);

SEC("xdp")
int l3_blacklist(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;
	struct iphdr *ip;
	struct seen *seen;
	__be32 from;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4_options(&c);
	if (!ip)
		return XDP_DROP;
	from = ip->saddr;
	seen = bpf_map_lookup_elem(&blacklist, &from);
	if (!seen)
		return XDP_PASS;
	__sync_fetch_and_add(&seen->packets, 1);
	__sync_fetch_and_add(&seen->bytes, bpf_ntohs(ip->tot_len));
	return XDP_DROP;
}

LICENSE;
