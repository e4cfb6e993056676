/* SPDX-License-Identifier: GPL-2.0-only */
/* A context that only a tag tells of, which Linux 6.1 does not know. */
#include "pair.h"

#define TAGGED __attribute__((btf_decl_tag("arg:ctx")))

__noinline int length(PAIR(void, struct xdp_md) *at TAGGED)
{
	struct xdp_md *ctx = at;

	return ctx->data_end - ctx->data;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	return length(ctx) > 100 ? XDP_PASS : XDP_DROP;
}
