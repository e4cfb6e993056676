/* SPDX-License-Identifier: GPL-2.0-only */
/* A loop of so many rounds that its end is known. */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;

	if ((void *)(data + 64) > end)
		return XDP_DROP;
	__u32 sum = 0;

#pragma clang loop unroll(disable)
	for (int i = 0; i < 64; i++)
		sum += data[i];
	return sum & 1 ? XDP_PASS : XDP_DROP;
}
