/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers packets by an addition whose result it takes. */
#include "maps.h"
#include "parse.h"

MAP(numbers, ARRAY, __u32, __u32, 1);

SEC("xdp")
int unique_id(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	__u32 key = 0, *number;
	struct ethhdr *eth;
	struct iphdr *ip;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	number = bpf_map_lookup_elem(&numbers, &key);
	if (!ip || !number)
		return XDP_PASS;
	ip->id = __sync_fetch_and_add(number, 1);
	ip->check = 0;
	ip->check = ipv4_csum(ip);
	return XDP_PASS;
}

LICENSE;
