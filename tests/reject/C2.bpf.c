/* SPDX-License-Identifier: GPL-2.0-only */
/* A store to the context, where only the receive queue can be chosen. */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	ctx->PAIR(ingress_ifindex, rx_queue_index) = 1;
	return XDP_PASS;
}
