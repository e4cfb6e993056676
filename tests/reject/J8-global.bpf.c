/* SPDX-License-Identifier: GPL-2.0-only */
/* The address of a global function. */
#include "pair.h"

__noinline int back(void)
{
	return 0;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
#ifndef INSIDE
	void *at = back;

	OPAQUE(at);
#endif
	return ctx->data == ctx->data_end ? back() : XDP_PASS;
}
