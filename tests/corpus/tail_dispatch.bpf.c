/* SPDX-License-Identifier: GPL-2.0-only */
/* Leaves each family to a program of its own. */
#include "maps.h"
#include "parse.h"

MAP(programs, PROG_ARRAY, __u32, __u32, 4);

SEC("xdp")
int tail_dispatch(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;

	switch (parse_eth(&c, &eth)) {
	case bpf_htons(ETH_P_IP):
		bpf_tail_call(ctx, &programs, 0);
		break;
	case bpf_htons(ETH_P_IPV6):
		bpf_tail_call(ctx, &programs, 1);
		break;
	}
	return XDP_PASS;
}

LICENSE;
