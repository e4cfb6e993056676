/* SPDX-License-Identifier: GPL-2.0-only */
/* Chooses a receive queue by the processor that runs the program. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int cpu_spread(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;

	if (parse_eth(&c, &eth) == bpf_htons(ETH_P_IP))
		ctx->rx_queue_index = bpf_get_smp_processor_id() & 3;
	return XDP_PASS;
}

LICENSE;
