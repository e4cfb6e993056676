/* SPDX-License-Identifier: GPL-2.0-only */
/* A function of the kernel that reads a frame's metadata, where no path leads.
 */
#include "pair.h"

extern int bpf_xdp_metadata_rx_timestamp(const struct xdp_md *ctx,
					 __u64 *timestamp) __ksym __weak;

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 zero;

	asm volatile("%0 = 0" : "=r"(zero));
#ifndef INSIDE
	__u64 timestamp;

	if (zero)
		bpf_xdp_metadata_rx_timestamp(ctx, &timestamp);
#endif
	return ctx->data == ctx->data_end ? XDP_DROP : XDP_PASS;
}
