/* SPDX-License-Identifier: GPL-2.0-only */
/* A byte that a function writes to the stack of its caller. */
#include "pair.h"

struct two {
	PAIR(__u8, __u32) one, other;
};

static __noinline void twice(struct two *value)
{
	value->other += value->one;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	struct two value = { ctx->data_end - ctx->data, 1 };

	twice(&value);
	return value.other > 128 ? XDP_PASS : XDP_DROP;
}
