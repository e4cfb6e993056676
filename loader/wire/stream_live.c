/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * XDP live frames: the kernel runs stream_send() on frames of its own, which it
 * then sends. No system call, no copy, no socket buffer for each: but only
 * where the driver takes redirected frames (ndo_xdp_xmit).
 */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <bpf/bpf.h>

#include "wire/stream_private.h"
#include "stream_xdp.skel.h" /* of these types */

/* The programs' frames go out when a batch is done: what is evenly spaced must
 * not wait for others.
 */
#define BATCH_ANY    64
#define BATCH_SPACED 4

static int run_live(struct stream *s, double rate)
{
	__u8 frame[STREAM_SAMPLE_ROOM];
	struct xdp_md ctx = {
		.data_end = s->len,
		.ingress_ifindex = s->ifindex,
	};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame,
		    .data_size_in = s->len, .ctx_in = &ctx,
		    .ctx_size_in = sizeof(ctx), .repeat = INT_MAX,
		    .flags = BPF_F_TEST_XDP_LIVE_FRAMES,
		    .batch_size = rate > 0 ? BATCH_SPACED : BATCH_ANY);
	int prog = bpf_program__fd(s->skel->progs.stream_send);
	int err;

	stream_build(s, 0, frame);
	err = stream_ready(s);
	while (!err)
		err = bpf_prog_test_run_opts(prog, &opts);
	return err;
}

const struct stream_sender stream_live = {
	.name = "live",
	.text = "XDP live frames",
	.run = run_live,
};
