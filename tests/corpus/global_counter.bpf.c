/* SPDX-License-Identifier: GPL-2.0-only */
/* Counts packets in a global variable. */
#include "maps.h"
#include "parse.h"

__u64 packets;
__u64 bytes;

SEC("xdp")
int global_counter(struct xdp_md *ctx)
{
	packets++;
	bytes += (long)ctx->data_end - (long)ctx->data;
	return XDP_PASS;
}

LICENSE;
