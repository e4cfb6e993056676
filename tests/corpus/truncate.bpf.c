/* SPDX-License-Identifier: GPL-2.0-only */
/* Cuts packets for a collector down to their headers. */
#include "maps.h"
#include "parse.h"

#define KEEP 96

SEC("xdp")
int truncate(struct xdp_md *ctx)
{
	int len = (long)ctx->data_end - (long)ctx->data;
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP) || len <= KEEP)
		return XDP_PASS;
	swap_mac(eth);
	if (bpf_xdp_adjust_tail(ctx, KEEP - len))
		return XDP_DROP;
	return XDP_TX;
}

LICENSE;
