/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads from the packet are free: each width, at odd addresses, at places that
 * depend on the packet.
 */
#include "pair.h"

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;

	if ((void *)(data + 64) > end)
		return XDP_DROP;
	__u64 sum = *(__u64 *)(data + 3) + *(__u32 *)(data + 17);

	data += data[0] & 31;
	if ((void *)(data + 24) > end)
		return XDP_DROP;
	sum += *(__u64 *)data + *(__u32 *)(data + 9) + *(__u16 *)(data + 21);
	return sum & 1 ? XDP_PASS : XDP_DROP;
}
