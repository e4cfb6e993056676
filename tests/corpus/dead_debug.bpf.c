/* SPDX-License-Identifier: GPL-2.0-only */
/* Has time and log of a debug build, which is switched off. */
#include "maps.h"
#include "parse.h"

#define DEBUG 0

static __always_inline void trace(__u32 len)
{
	__u64 now;

	if (!DEBUG)
		return;
	now = bpf_ktime_get_ns();
	bpf_printk("%llu: %u bytes", now, len);
}

SEC("xdp")
int dead_debug(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;

	trace((long)ctx->data_end - (long)ctx->data);
	return parse_eth(&c, &eth) == bpf_htons(ETH_P_LOOP) ? XDP_DROP
							    : XDP_PASS;
}

LICENSE;
