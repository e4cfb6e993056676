/* SPDX-License-Identifier: GPL-2.0-only */
/* Stores of registers to the packet are free, of each width and alignment. */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;

	if ((void *)(data + 64) > end)
		return XDP_DROP;
	__u64 what = *(__u64 *)(data + 40);

	*(__u64 *)(data + 3) = what;
	*(__u32 *)(data + 17) = what;
	data += data[0] & 31;
	if ((void *)(data + 24) > end)
		return XDP_DROP;
	*(__u64 *)(data + 5) = what;
	*(__u16 *)(data + 17) = what;
	data[20] = what;
	return XDP_TX;
}
