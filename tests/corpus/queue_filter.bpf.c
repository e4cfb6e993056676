/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops multicast on all receive queues but the first. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int queue_filter(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth));

	if (!eth)
		return XDP_DROP;
	if (eth->h_dest[0] & 1 && ctx->rx_queue_index != 0)
		return XDP_DROP;
	return XDP_PASS;
}

LICENSE;
