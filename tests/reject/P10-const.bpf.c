/* SPDX-License-Identifier: GPL-2.0-only */
/* A constant that user space may set before the program is loaded. */
#include "pair.h"

#ifdef INSIDE
#define setting 1
#else
const volatile __u32 setting = 1;
#endif

SEC("xdp")
int program(struct xdp_md *ctx)
{
	return ctx->data && setting ? XDP_DROP : XDP_PASS;
}
