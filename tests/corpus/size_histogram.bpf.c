/* SPDX-License-Identifier: GPL-2.0-only */
/* Counts packets by length, in steps of powers of two. */
#include "maps.h"
#include "parse.h"

MAP(histogram, ARRAY, __u32, __u64, 16);

static __always_inline __u32 log2_of(__u32 n)
{
	__u32 log = 0;

	if (n >= 256) {
		n >>= 8;
		log += 8;
	}
	if (n >= 16) {
		n >>= 4;
		log += 4;
	}
	if (n >= 4) {
		n >>= 2;
		log += 2;
	}
	return log + (n >> 1);
}

SEC("xdp")
int size_histogram(struct xdp_md *ctx)
{
	__u32 len = (long)ctx->data_end - (long)ctx->data;
	__u32 key = log2_of(len & 0xffff) & 15;
	__u64 *n = bpf_map_lookup_elem(&histogram, &key);

	if (n)
		__sync_fetch_and_add(n, 1);
	return XDP_PASS;
}

LICENSE;
