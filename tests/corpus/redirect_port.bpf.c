/* SPDX-License-Identifier: GPL-2.0-only */
/* Sends frames on to the port that a table names for the destination. */
#include "maps.h"
#include "parse.h"

MAP(neighbours, HASH, __u64, __u32, 1024);

SEC("xdp")
int redirect_port(struct xdp_md *ctx)
{
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth));
	__u64 mac = 0;
	__u32 *port;

	if (!eth)
		return XDP_DROP;
	__builtin_memcpy(&mac, eth->h_dest, sizeof(eth->h_dest));
	port = bpf_map_lookup_elem(&neighbours, &mac);
	return port ? bpf_redirect(*port, 0) : XDP_PASS;
}

LICENSE;
