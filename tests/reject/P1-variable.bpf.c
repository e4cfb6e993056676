/* SPDX-License-Identifier: GPL-2.0-only */
/* A variable is a map with a flag, even if the program never touches it. */
#include "pair.h"

#ifndef INSIDE
__u32 setting = 1;
#endif

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
