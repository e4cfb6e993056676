/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads the packet, or a default on the stack where it is too short. */
#include "maps.h"
#include "parse.h"

struct pair {
	__u32 from, to;
};

SEC("xdp")
int default_header(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct pair local = { 1, 2 }, *p = &local;
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth));
	struct pair *there;

	if (!eth)
		return XDP_DROP;
	there = cursor_take(&c, sizeof(*there));
	if (there)
		p = there;
	asm volatile("" : "+r"(p)::"memory");
	return p->from == p->to ? XDP_DROP : XDP_PASS;
}

LICENSE;
