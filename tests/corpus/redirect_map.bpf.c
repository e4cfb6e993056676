/* SPDX-License-Identifier: GPL-2.0-only */
/* Sends frames on to the port that a map of devices names. */
#include "maps.h"
#include "parse.h"

MAP(ports, DEVMAP, __u32, __u32, 64);

SEC("xdp")
int redirect_map(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth));

	if (!eth)
		return XDP_DROP;
	return bpf_redirect_map(&ports, eth->h_dest[5] & 63, XDP_PASS);
}

LICENSE;
