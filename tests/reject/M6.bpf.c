/* SPDX-License-Identifier: GPL-2.0-only */
/* The stack of the caller can be read and written. */
#include "pair.h"

static __noinline void twice(__u32 *value)
{
	*value += *value;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 value = ctx->data_end - ctx->data;

	twice(&value);
	return value > 128 ? XDP_PASS : XDP_DROP;
}
