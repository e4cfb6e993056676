/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The address of a function, where no path leads, in front of a function that
 * needs stack.
 */
#include "pair.h"

static __noinline int back(void)
{
	return 0;
}

static __noinline __u32 keep(__u32 number)
{
#ifndef INSIDE
	volatile __u32 kept = number;

	number = kept;
#endif
	OPAQUE(number);
	return number;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 zero;

	asm volatile("%0 = 0" : "=r"(zero));
	if (zero) {
		void *at = back;

		OPAQUE(at);
	}
	return keep(ctx->data_end - ctx->data) > 100 ? XDP_PASS : XDP_DROP;
}
