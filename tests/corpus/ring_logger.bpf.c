/* SPDX-License-Identifier: GPL-2.0-only */
/* Logs dropped packets through a ring buffer. */
#include "maps.h"
#include "parse.h"

struct event {
	__be32 from;
	__be16 port;
	__u16 len;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 16);
} ring SEC(".maps");

SEC("xdp")
int ring_logger(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct event *event;
	struct udphdr *udp;
	struct ethhdr *eth;
	struct iphdr *ip;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	ip = parse_ipv4(&c);
	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	udp = parse_udp(&c);
	if (!udp || udp->dest != bpf_htons(1900))
		return XDP_PASS;
	event = bpf_ringbuf_reserve(&ring, sizeof(*event), 0);
	if (event) {
		event->from = ip->saddr;
		event->port = udp->source;
		event->len = bpf_ntohs(udp->len);
		bpf_ringbuf_submit(event, 0);
	}
	return XDP_DROP;
}

LICENSE;
