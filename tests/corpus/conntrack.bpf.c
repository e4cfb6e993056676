/* SPDX-License-Identifier: GPL-2.0-only */
/* Lets answers in to what went out: five states for each TCP connection. */
#include "maps.h"
#include "parse.h"

enum {
	SYN_SENT,
	SYN_RECEIVED,
	ESTABLISHED,
	FIN_WAIT,
	CLOSED
};

struct connection {
	__be32 local, remote;
	__be16 local_port, remote_port;
};

MAP(connections, LRU_HASH, struct connection, __u32, 65536);

static __always_inline __u32 next_state(__u32 state, const struct tcphdr *tcp)
{
	if (tcp->rst)
		return CLOSED;
	switch (state) {
	case SYN_SENT:
		return tcp->syn && tcp->ack ? SYN_RECEIVED : state;
	case SYN_RECEIVED:
		return tcp->ack ? ESTABLISHED : state;
	case ESTABLISHED:
		return tcp->fin ? FIN_WAIT : state;
	case FIN_WAIT:
		return tcp->fin ? CLOSED : state;
	}
	return state;
}

SEC("xdp")
int conntrack(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct connection key = {};
	struct ethhdr *eth;
	struct tcphdr *tcp;
	struct iphdr *ip;
	__u32 *state;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	tcp = parse_tcp(&c);
	if (!tcp)
		return XDP_DROP;
	key.local = ip->daddr;
	key.remote = ip->saddr;
	key.local_port = tcp->dest;
	key.remote_port = tcp->source;
	state = bpf_map_lookup_elem(&connections, &key);
	if (!state)
		return XDP_DROP;
	*state = next_state(*state, tcp);
	return *state == CLOSED ? XDP_DROP : XDP_PASS;
}

LICENSE;
