/* SPDX-License-Identifier: GPL-2.0-only */
/* Counts packets by the interface that they came in by. */
#include "maps.h"
#include "parse.h"

MAP(counts, HASH, __u32, __u64, 64);

SEC("xdp")
int port_of_entry(struct xdp_md *ctx)
{
	__u32 key = ctx->ingress_ifindex;
	__u64 *n = bpf_map_lookup_elem(&counts, &key);

	if (n)
		__sync_fetch_and_add(n, 1);
	return XDP_PASS;
}

LICENSE;
