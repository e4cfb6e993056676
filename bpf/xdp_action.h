/* SPDX-License-Identifier: GPL-2.0-only */
/* Frame to XDP action: what the two XDP variants have in common. */
#ifndef ECHO_XDP_ACTION_H
#define ECHO_XDP_ACTION_H

#include "responder.h"

static __always_inline int echo_xdp_action(struct xdp_md *ctx)
{
	struct echo_frame frame = {
		.data = (void *)(long)ctx->data,
		.end = (void *)(long)ctx->data_end,
	};

	switch (echo_respond(ctx, &frame)) {
	case ECHO_REPLIED_IPV4:
	case ECHO_REPLIED_IPV6:
		return XDP_TX;
	case ECHO_DROPPED:
		return XDP_DROP;
	default:
		return XDP_PASS;
	}
}

#endif
