/* SPDX-License-Identifier: GPL-2.0-only */
/* A global function is given what a lookup found, NULL or not; a number is no
 * memory.
 */
#include "pair.h"

MAP(map, ARRAY, 4, 8, 1, 0);

__noinline int is_there(__u64 *value)
{
	OPAQUE(value);
	return value ? 1 : 0;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 key = 0;
	__u64 *value = bpf_map_lookup_elem(&map, &key);

	if (PAIR(1, 0))
		value = (__u64 *)(long)(ctx->data_end - ctx->data);
	OPAQUE(value);
	return is_there(value) ? XDP_PASS : XDP_DROP;
}
