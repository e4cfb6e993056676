/* SPDX-License-Identifier: GPL-2.0-only */
/* Says of each ARP frame that it is there. */
#include "maps.h"
#include "parse.h"

SEC("xdp")
int debug_print(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth;

	if (parse_eth(&c, &eth) == bpf_htons(ETH_P_ARP))
		bpf_printk("arp, %d bytes", c.end - (void *)eth);
	return XDP_PASS;
}

LICENSE;
