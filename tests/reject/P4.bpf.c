/* SPDX-License-Identifier: GPL-2.0-only */
/* More entries than the card has. */
#include "pair.h"

MAP(map, HASH, 4, 4, 2048000 + PAIR(1, 0), 0);

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
