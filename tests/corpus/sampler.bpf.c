/* SPDX-License-Identifier: GPL-2.0-only */
/* Sends the first bytes of about one packet in 256 to user space. */
#include "maps.h"
#include "parse.h"

#define BYTES 64

struct sample {
	__u32 len;
	__u32 queue;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
	__uint(max_entries, 64);
} events SEC(".maps");

SEC("xdp")
int sampler(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	struct sample s = { .len = end - data };

	if (bpf_get_prandom_u32() & 255 || data + BYTES > end)
		return XDP_PASS;
	bpf_perf_event_output(ctx, &events,
			      (__u64)BYTES << 32 | BPF_F_CURRENT_CPU, &s,
			      sizeof(s));
	return XDP_PASS;
}

LICENSE;
