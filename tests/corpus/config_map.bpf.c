/* SPDX-License-Identifier: GPL-2.0-only */
/* The same filter with its settings in a map. */
#include "maps.h"
#include "parse.h"

struct config {
	__u32 max_len;
	__u32 drop_multicast;
};

MAP(settings, ARRAY, __u32, struct config, 1);

SEC("xdp")
int config_map(struct xdp_md *ctx)
{
	__u32 len = (long)ctx->data_end - (long)ctx->data;
	struct cursor c = cursor_start(ctx);
	struct ethhdr *eth = cursor_take(&c, sizeof(*eth));
	struct config *config;
	__u32 key = 0;

	if (!eth)
		return XDP_DROP;
	config = bpf_map_lookup_elem(&settings, &key);
	if (!config)
		return XDP_PASS;
	if (config->max_len && len > config->max_len)
		return XDP_DROP;
	if (config->drop_multicast && eth->h_dest[0] & 1)
		return XDP_DROP;
	return XDP_PASS;
}

LICENSE;
