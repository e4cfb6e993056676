/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions, of this file only and global. */
#include "pair.h"

static __noinline int is_long(__u32 len)
{
	OPAQUE(len);
	return len > 1000;
}

__noinline int is_odd(__u32 number)
{
	return number & 1;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 len = ctx->data_end - ctx->data;

	return is_long(len) + is_odd(len) ? XDP_PASS : XDP_DROP;
}
