/* SPDX-License-Identifier: GPL-2.0-only */
/* What a global function is given is memory of no known kind. */
#include "pair.h"

#ifdef INSIDE
__noinline __u32 twice(__u32 value)
{
	return value * 2;
}
#else
__noinline __u32 twice(__u32 *value)
{
	return value ? *value * 2 : 0;
}
#endif

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 value = ctx->data_end - ctx->data;

	return twice(PAIR(&value, value)) > 128 ? XDP_PASS : XDP_DROP;
}
