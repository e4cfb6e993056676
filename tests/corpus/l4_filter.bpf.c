/* SPDX-License-Identifier: GPL-2.0-only */
/* Takes only listed pairs of protocol and port, with a default from a map. */
#include "maps.h"
#include "parse.h"

struct service {
	__be16 port;
	__u8 proto;
	__u8 pad;
};

MAP(services, HASH, struct service, __u32, 256);
MAP(settings, ARRAY, __u32, __u32, 1);

static __always_inline int fallback(void)
{
	__u32 key = 0;
	__u32 *action = bpf_map_lookup_elem(&settings, &key);

	return action && *action == XDP_DROP ? XDP_DROP : XDP_PASS;
}

SEC("xdp")
int l4_filter(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct service key = {};
	struct ethhdr *eth;
	struct iphdr *ip;
	__be16 *ports;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->frag_off & bpf_htons(0x1fff))
		return XDP_DROP;
	if (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP)
		return fallback();
	ports = cursor_take(&c, 4);
	if (!ports)
		return XDP_DROP;
	key.port = ports[1];
	key.proto = ip->protocol;
	return bpf_map_lookup_elem(&services, &key) ? XDP_PASS : fallback();
}

LICENSE;
