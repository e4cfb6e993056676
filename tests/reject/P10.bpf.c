/* SPDX-License-Identifier: GPL-2.0-only */
/* A global variable: a map of the compiler's own, used without a lookup. */
#include "pair.h"

#ifdef INSIDE
MAP(map, ARRAY, 4, 4, 1, 0);
#else
__u32 setting;
#endif

SEC("xdp")
int program(struct xdp_md *ctx)
{
#ifdef INSIDE
	__u32 key = 0, *setting = bpf_map_lookup_elem(&map, &key);

	return ctx->data && setting && *setting ? XDP_DROP : XDP_PASS;
#else
	return ctx->data && setting ? XDP_DROP : XDP_PASS;
#endif
}
