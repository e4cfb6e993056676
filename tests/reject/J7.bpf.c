/* SPDX-License-Identifier: GPL-2.0-only */
/* A result that is no action of the card: redirect is one of the host only. */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return PAIR(XDP_REDIRECT, XDP_TX);
}
