/* SPDX-License-Identifier: GPL-2.0-only */
/* A global function that is given memory of no known size, and is called where
 * no path leads.
 */
#include "pair.h"

struct unknown;
struct known {
	__u32 number;
};

__noinline int is_there(struct PAIR(unknown, known) *at)
{
	OPAQUE(at);
	return at ? 1 : 0;
}

SEC("xdp")
int program(struct xdp_md *ctx)
{
	__u32 zero;

	(void)ctx;
	asm volatile("%0 = 0" : "=r"(zero));
	return zero && is_there(0) ? XDP_DROP : XDP_PASS;
}
