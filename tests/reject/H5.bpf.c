/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A program that may touch the byte at 1889 of a packet, behind the window. It
 * is accepted where packets cannot be that long.
 */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;

	if ((void *)(data + PAIR(1890, 1889)) > end)
		return XDP_DROP;
	return data[PAIR(1889, 1888)] & 1 ? XDP_PASS : XDP_DROP;
}
