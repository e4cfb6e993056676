/* SPDX-License-Identifier: GPL-2.0-only */
/* Keeps a moving average of lengths, an eighth of each new one. */
#include "maps.h"
#include "parse.h"

MAP(averages, ARRAY, __u32, __u32, 1);

SEC("xdp")
int ewma(struct xdp_md *ctx)
{
	__u32 len = (long)ctx->data_end - (long)ctx->data;
	__u32 key = 0, *average;

	average = bpf_map_lookup_elem(&averages, &key);
	if (!average)
		return XDP_PASS;
	*average += len / 8 - *average / 8;
	return len > *average * 4 ? XDP_DROP : XDP_PASS;
}

LICENSE;
