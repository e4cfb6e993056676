/* SPDX-License-Identifier: GPL-2.0-only */
/* Keeps a copy of all headers on the stack, and compares with a template. */
#include "maps.h"
#include "parse.h"

struct headers {
	struct ethhdr eth;
	struct iphdr ip;
	struct udphdr udp;
} __attribute__((packed));

struct template
{
	__u32 words[10];
};

MAP(templates, ARRAY, __u32, struct template, 1);

SEC("xdp")
int header_copy(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct headers *in = cursor_take(&c, sizeof(*in)), h;
	struct template *t;
	__u32 key = 0;

	if (!in)
		return XDP_PASS;
	__builtin_memcpy(&h, in, sizeof(h));
	t = bpf_map_lookup_elem(&templates, &key);
	if (!t)
		return XDP_PASS;
	if (t->words[0] == h.ip.saddr && t->words[1] == h.ip.daddr &&
	    t->words[2] == h.udp.dest)
		return XDP_DROP;
	return XDP_PASS;
}

LICENSE;
