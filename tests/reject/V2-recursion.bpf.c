/* SPDX-License-Identifier: GPL-2.0-only */
/* A function that calls itself, where no path leads. */
#include "pair.h"

static __noinline __attribute__((unused)) __u32 last(__u32 number)
{
	OPAQUE(number);
	return number;
}

static __noinline __u32 again(__u32 number)
{
	__u32 sum = 0;

	OPAQUE(number);
	if (number)
		sum = PAIR(again, last)(number);
	OPAQUE(sum);
	return sum + 2;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 zero;

	(void)ctx;
	asm volatile("%0 = 0" : "=r"(zero));
	return again(zero) ? XDP_PASS : XDP_DROP;
}
