/* SPDX-License-Identifier: GPL-2.0-only */
/* The receive queue, with a firmware that cannot choose it. */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	ctx->rx_queue_index = 1;
	return XDP_PASS;
}
