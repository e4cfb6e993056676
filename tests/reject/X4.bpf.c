/* SPDX-License-Identifier: GPL-2.0-only */
/* Additions of both widths are free, of small, large and unknown numbers. */
#include "pair.h"

struct value {
	__u64 one, bytes;
	__u32 word, half;
};

MAP(map, ARRAY, 4, sizeof(struct value), 1, 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 key = 0;
	struct value *v = bpf_map_lookup_elem(&map, &key);
	__u64 len = (__u64)ctx->data_end - ctx->data;

	if (!v)
		return XDP_PASS;
	__sync_fetch_and_add(&v->one, 1);
	__sync_fetch_and_add(&v->word, 0x12345);
	__sync_fetch_and_add(&v->bytes, len);
	__sync_fetch_and_add(&v->half, (__u32)len);
	return XDP_PASS;
}
