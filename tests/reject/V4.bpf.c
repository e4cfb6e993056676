/* SPDX-License-Identifier: GPL-2.0-only */
/* A byte of the packet that may not be there. */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;

	if ((void *)(data + PAIR(13, 14)) > end)
		return XDP_DROP;
	return data[13] & 1 ? XDP_PASS : XDP_DROP;
}
