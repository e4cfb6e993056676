/* SPDX-License-Identifier: GPL-2.0-only */
/* Sums a payload up with the loop of the kernel. */
#include "maps.h"
#include "parse.h"

struct walk {
	__u32 sum;
	__u32 rounds;
};

static long one_round(__u32 index, struct walk *w)
{
	w->sum += index;
	w->rounds++;
	return w->sum > 1000;
}

SEC("xdp")
int loop_helper(struct xdp_md *ctx)
{
	struct walk w = {};

	bpf_loop(((long)ctx->data_end - (long)ctx->data) & 255, one_round, &w,
		 0);
	return w.rounds & 1 ? XDP_PASS : XDP_DROP;
}

LICENSE;
