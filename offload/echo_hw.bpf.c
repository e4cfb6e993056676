/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The card's variant: nothing in it that the nfp driver refuses. That is no
 * store of an immediate, no global or constant table, no per-CPU map, atomic
 * addition only, map keys on the stack, and -mcpu=v3 at most. Any mode of the
 * host takes it as well.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "packet.h"

#define ECHO_CTX	struct xdp_md
#define ECHO_STATS_TYPE BPF_MAP_TYPE_ARRAY

static __always_inline __u32 echo_frame_len(struct xdp_md *ctx,
					    const struct echo_frame *f)
{
	(void)ctx;
	return f->end - f->data;
}

static __always_inline __u32 echo_len_from(struct xdp_md *ctx,
					   const struct echo_frame *f,
					   const void *at)
{
	(void)ctx;
	return f->end - at;
}

static __always_inline bool echo_hides_tag(struct xdp_md *ctx)
{
	(void)ctx;
	return false;
}

static __always_inline void echo_bump(__u64 *counter)
{
	__sync_fetch_and_add(counter, 1);
}

#include "responder.h"
#include "xdp_action.h"

SEC("xdp")
int echo_hw(struct xdp_md *ctx)
{
	return echo_xdp_action(ctx);
}

char _license[] SEC("license") = "GPL";
