/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The host's variant, for driver and generic mode. In section xdp.frags, so
 * that a jumbo MTU keeps driver mode; that needs Linux 5.18.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "packet.h"

#define ECHO_CTX	struct xdp_md
#define ECHO_STATS_TYPE BPF_MAP_TYPE_PERCPU_ARRAY

static __always_inline __u32 echo_frame_len(struct xdp_md *ctx,
					    const struct echo_frame *f)
{
	(void)f;
	return bpf_xdp_get_buff_len(ctx);
}

static __always_inline __u32 echo_len_from(struct xdp_md *ctx,
					   const struct echo_frame *f,
					   const void *at)
{
	return echo_frame_len(ctx, f) - (at - f->data);
}

static __always_inline bool echo_hides_tag(struct xdp_md *ctx)
{
	(void)ctx;
	return false;
}

static __always_inline void echo_bump(__u64 *counter)
{
	++*counter;
}

#include "responder.h"
#include "xdp_action.h"

SEC("xdp.frags")
int echo_xdp(struct xdp_md *ctx)
{
	return echo_xdp_action(ctx);
}

char _license[] SEC("license") = "GPL";
