/* SPDX-License-Identifier: GPL-2.0-only */
/* The least that a responder could do: turn a frame round, and look at none of
 * it. What a real one costs is measured against this.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <bpf/bpf_helpers.h>

#include "reply.h"

SEC("xdp.frags")
int bare(struct xdp_md *ctx)
{
	struct ethhdr *eth = (void *)(long)ctx->data;

	if ((void *)(eth + 1) > (void *)(long)ctx->data_end)
		return XDP_PASS;
	swap_macs(eth);
	return XDP_TX;
}

char _license[] SEC("license") = "GPL";
