/* SPDX-License-Identifier: GPL-2.0-only */
/* Ten frames, where no path leads: the driver has room for eight. */
#include "pair.h"

#define __maybe_unused __attribute__((unused))

#define CALLS(name, next)                              \
	static __noinline __maybe_unused __u32 name(__u32 number) \
	{                                              \
		OPAQUE(number);                        \
		return number ? next(number) + 1 : 2;  \
	}

static __noinline __u32 last(__u32 number)
{
	OPAQUE(number);
	return number;
}

CALLS(f8, last)
CALLS(f7, f8)
CALLS(f6, f7)
CALLS(f5, f6)
CALLS(f4, f5)
CALLS(f3, f4)
CALLS(f2, f3)
CALLS(f1, f2)

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 zero;

	(void)ctx;
	asm volatile("%0 = 0" : "=r"(zero));
	return PAIR(f1, f3)(zero) ? XDP_PASS : XDP_DROP;
}
