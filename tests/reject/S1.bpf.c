/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two frames, each rounded up to 64 bytes, that take more than the card has.
 */
#include "pair.h"

static __noinline int leaf(__u32 value)
{
	volatile __u32 word = value;

	return word;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u64 word = 0;

	(void)ctx;
	asm volatile("*(u64 *)(r10 - " PAIR("480", "448") ") = %0" ::"r"(word));
	return leaf(XDP_PASS) & 1 ? XDP_PASS : XDP_DROP;
}
