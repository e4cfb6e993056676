/* SPDX-License-Identifier: GPL-2.0-only */
/* Sums 512 bytes of payload up, with the loop written out. */
#include "maps.h"
#include "parse.h"

#define BYTES 512

SEC("xdp")
int unrolled_sum(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	__u32 low = 0, high = 0;
	struct ethhdr *eth;
	__u8 *data;

	if (parse_eth(&c, &eth) != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	data = cursor_take(&c, BYTES);
	if (!data)
		return XDP_PASS;
#pragma clang loop unroll(full)
	for (int i = 0; i < BYTES; i++) {
		low += data[i];
		high += low ^ i;
		asm volatile("" : "+r"(low), "+r"(high));
	}
	return (low ^ high) & 0xff ? XDP_PASS : XDP_DROP;
}

LICENSE;
