/* SPDX-License-Identifier: GPL-2.0-only */
/* A global function without a result. */
#include "pair.h"

__noinline PAIR(void, int) touch(__u32 number)
{
	OPAQUE(number);
	PAIR(, return number);
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	touch(ctx->data_end - ctx->data);
	return XDP_PASS;
}
