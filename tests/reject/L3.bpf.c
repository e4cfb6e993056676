/* SPDX-License-Identifier: GPL-2.0-only */
/* Any program at all: it is the device that cannot take one. */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
