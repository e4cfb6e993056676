/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The metadata in front of a packet: neither context, stack, map value nor
 * packet.
 */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u8 *meta = (void *)(long)PAIR(ctx->data_meta, ctx->data);
	void *end = (void *)(long)PAIR(ctx->data, ctx->data_end);

	if ((void *)(meta + 1) > end)
		return XDP_DROP;
	return *meta & 1 ? XDP_PASS : XDP_DROP;
}
