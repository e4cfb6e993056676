/* SPDX-License-Identifier: GPL-2.0-only */
/* Leaves a mark for the stack in front of the packet. */
#include "maps.h"
#include "parse.h"

struct mark {
	__u32 number;
};

SEC("xdp")
int metadata_mark(struct xdp_md *ctx)
{
	struct mark *mark;
	void *data;

	if (bpf_xdp_adjust_meta(ctx, -(int)sizeof(*mark)))
		return XDP_PASS;
	mark = (void *)(long)ctx->data_meta;
	data = (void *)(long)ctx->data;
	if ((void *)(mark + 1) > data)
		return XDP_PASS;
	mark->number = 42;
	return XDP_PASS;
}

LICENSE;
