/* SPDX-License-Identifier: GPL-2.0-only */
/* The address of a function, where no path leads. */
#include "pair.h"

static __noinline int back(void)
{
	return 0;
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
	return ctx->data == ctx->data_end ? back() : XDP_PASS;
}
