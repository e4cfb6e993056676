/* SPDX-License-Identifier: GPL-2.0-only */
/* More maps than a program may use. */
#include "pair.h"

#define MAPS(n)	 MAP(map##n, ARRAY, 4, 4, 1, 0);
#define USE(n)	 bpf_map_lookup_elem(&map##n, &key);
#define EIGHT(n) ONE(n##0) ONE(n##1) ONE(n##2) ONE(n##3) \
		 ONE(n##4) ONE(n##5) ONE(n##6) ONE(n##7)
#define MANY(n)	 EIGHT(n##0) EIGHT(n##1) EIGHT(n##2) EIGHT(n##3) \
		 EIGHT(n##4) EIGHT(n##5) EIGHT(n##6) EIGHT(n##7)

#define ONE MAPS
MANY(1)
MAPS(2)
#undef ONE
#define ONE USE

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 key = 0;

	(void)ctx;
	MANY(1)
#ifndef INSIDE
	USE(2)
#endif
	return XDP_PASS;
}
