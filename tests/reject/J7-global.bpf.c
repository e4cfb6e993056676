/* SPDX-License-Identifier: GPL-2.0-only */
/* A global function's result, of which the kernel knows nothing. */
#include "pair.h"

__noinline int decide(__u32 length)
{
	return length > 100 ? PAIR(77, XDP_TX) : XDP_PASS;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	return decide(ctx->data_end - ctx->data);
}
