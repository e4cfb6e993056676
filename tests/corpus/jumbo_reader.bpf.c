/* SPDX-License-Identifier: GPL-2.0-only */
/* Looks at the trailer of jumbo frames of one length. */
#include "maps.h"
#include "parse.h"

#define LEN 2000

SEC("xdp")
int jumbo_reader(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;

	if ((void *)(data + LEN) > end)
		return XDP_PASS;
	return data[LEN - 1] == 0xff ? XDP_DROP : XDP_PASS;
}

LICENSE;
