/* SPDX-License-Identifier: GPL-2.0-only */
/* A call of another program. */
#include "pair.h"

MAP(map, ARRAY, 4, 4, 1, 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
#ifdef INSIDE
	(void)ctx;
	return XDP_PASS;
#else
	bpf_tail_call(ctx, &map, 0);
	return XDP_PASS;
#endif
}
