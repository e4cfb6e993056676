/* SPDX-License-Identifier: GPL-2.0-only */
/* A result that may be no action of the card. */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;

	if ((void *)(data + 1) > end)
		return XDP_DROP;
	return data[0] & PAIR(7, 3);
}
