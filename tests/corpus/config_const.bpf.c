/* SPDX-License-Identifier: GPL-2.0-only */
/* Filter with settings that user space writes into constants before loading. */
#include "maps.h"
#include "parse.h"

const volatile __u32 max_len = 1514;
const volatile _Bool drop_multicast;

SEC("xdp")
int config_const(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth));
	__u32 len = (long)ctx->data_end - (long)ctx->data;

	if (!eth || len > max_len)
		return XDP_DROP;
	return drop_multicast && eth->h_dest[0] & 1 ? XDP_DROP : XDP_PASS;
}

LICENSE;
