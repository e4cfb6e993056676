/* SPDX-License-Identifier: GPL-2.0-only */
/* More maps than the card has. */
#include "pair.h"

#define ONE(n)	 MAP(map##n, ARRAY, 4, 4, 1, 0);
#define EIGHT(n) ONE(n##0) ONE(n##1) ONE(n##2) ONE(n##3) \
		 ONE(n##4) ONE(n##5) ONE(n##6) ONE(n##7)
#define MANY(n)	 EIGHT(n##0) EIGHT(n##1) EIGHT(n##2) EIGHT(n##3) \
		 EIGHT(n##4) EIGHT(n##5) EIGHT(n##6) EIGHT(n##7)

MANY(1)
MANY(2)
#ifndef INSIDE
ONE(3)
#endif

SEC("xdp")
int program(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_PASS;
}
