/* SPDX-License-Identifier: GPL-2.0-only */
/* Drops by length, packets in several buffers among them. */
#include "maps.h"
#include "parse.h"

SEC("xdp.frags")
int frags_length(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	return bpf_xdp_get_buff_len(ctx) > 4000 ? XDP_DROP : XDP_PASS;
}

LICENSE;
