/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A responder that is right, and slow in two ways: it reads the whole payload,
 * and it looks for its target in a list.
 */
#include <linux/bpf.h>
#include <linux/in.h>
#include <bpf/bpf_helpers.h>

#include "reply.h"

#define PAYLOAD_MAX 1500
#define TARGETS_MAX 64

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, TARGETS_MAX);
	__type(key, __u32);
	__type(value, __be32);
} list SEC(".maps");

/* Whoever is asked becomes a target. */
static __always_inline void look_for(__be32 target)
{
	for (__u32 i = 0; i < TARGETS_MAX; i++) {
		__u32 key = i;
		__be32 *one = bpf_map_lookup_elem(&list, &key);

		if (!one)
			bpf_map_update_elem(&list, &key, &target, BPF_ANY);
		if (!one || *one == target)
			return;
	}
}

static __always_inline __u32 sum_of(const __u8 *at, const void *end)
{
	__u32 sum = 0;

	for (int i = 0; i < PAYLOAD_MAX && (const void *)(at + 1) <= end; i++)
		sum += *at++;
	return sum;
}

SEC("xdp.frags")
int slow(struct xdp_md *ctx)
{
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = (void *)(long)ctx->data;
	struct iphdr *ip = (void *)(eth + 1);
	struct echo_hdr *icmp = (void *)(ip + 1);

	if ((void *)(icmp + 1) > end || ip->protocol != IPPROTO_ICMP ||
	    icmp->type_code != ICMPV4_ECHO_REQUEST)
		return XDP_PASS;
	look_for(ip->daddr);
	/* Never so: only that the compiler cannot leave it out. */
	if (sum_of((void *)(icmp + 1), end) == ~0U)
		return XDP_DROP;
	reply_ipv4(eth, ip, icmp);
	return XDP_TX;
}

char _license[] SEC("license") = "GPL";
