/* SPDX-License-Identifier: GPL-2.0-only */
/* The sender's end of a rate test: makes requests, and counts what returns. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "rate.h"

volatile const struct rate_frame rate_request;

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct rate_count);
} rate_counts SEC(".maps");

/*
 * Run on live frames; they go out of the interface that they seem to have come
 * in by. A frame that is used again still has what became of it last time, so
 * the request is written anew each time.
 */
SEC("xdp")
int rate_send(struct xdp_md *ctx)
{
	struct rate_frame *frame = (void *)(long)ctx->data;

	if ((void *)(frame + 1) > (void *)(long)ctx->data_end)
		return XDP_ABORTED;
	for (__u32 i = 0; i < RATE_FRAME_WORDS; i++)
		frame->word[i] = rate_request.word[i];
	return XDP_TX;
}

SEC("xdp")
int rate_receive(struct xdp_md *ctx)
{
	const __u8 *frame = (void *)(long)ctx->data;
	struct rate_count *count;
	__u32 key = 0;

	if ((void *)(frame + RATE_ICMP_TYPE + 1) > (void *)(long)ctx->data_end)
		return XDP_PASS;
	count = bpf_map_lookup_elem(&rate_counts, &key);
	if (!count)
		return XDP_PASS;
	if (frame[RATE_ICMP_TYPE] == 0)
		count->replies++;
	else
		count->returned++;
	return XDP_DROP;
}

char _license[] SEC("license") = "GPL";
