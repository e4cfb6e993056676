/* SPDX-License-Identifier: GPL-2.0-only */
/* A program flag: packets in several buffers. */
#include "pair.h"

#ifdef INSIDE
SEC("xdp")
#else
SEC("xdp.frags")
#endif
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
