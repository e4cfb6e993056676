/* SPDX-License-Identifier: GPL-2.0-only */
/* Counts the first bytes by their highest bits, in an array on the stack. */
#include "maps.h"
#include "parse.h"

#define BYTES 16

SEC("xdp")
int stack_histogram(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	__u8 seen[8] = {}, *at = seen;

	if ((void *)(data + BYTES) > end)
		return XDP_PASS;
	asm volatile("" : "+r"(at)::"memory");
#pragma clang loop unroll(disable)
	for (int i = 0; i < BYTES; i++)
		at[data[i] >> 5]++;
	return seen[0] == BYTES ? XDP_DROP : XDP_PASS;
}

LICENSE;
