/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops when a counter that the program itself counts up has reached its end. */
#include "maps.h"
#include "parse.h"

struct quota {
	__u64 used;
	__u64 limit;
};

MAP(quotas, ARRAY, __u32, struct quota, 1);

SEC("xdp")
int quota(struct xdp_md *ctx)
{
	__u32 len = (long)ctx->data_end - (long)ctx->data;
	__u32 key = 0;
	struct quota *q = bpf_map_lookup_elem(&quotas, &key);

	if (!q)
		return XDP_PASS;
	if (q->used > q->limit)
		return XDP_DROP;
	__sync_fetch_and_add(&q->used, len);
	return XDP_PASS;
}

LICENSE;
