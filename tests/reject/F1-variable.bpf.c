/* SPDX-License-Identifier: GPL-2.0-only */
/* A map's key on the stack, at a place that depends on the packet. */
#include "pair.h"

MAP(map, HASH, 4, 4, 1, 0);

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 1;"
	    "if r4 > r3 goto out;"
	    "r3 = 0;"
	    "*(u64 *)(r10 - 8) = r3;"
	    "*(u64 *)(r10 - 16) = r3;"
	    "r3 = *(u8 *)(r2 + 0);"
	    "r3 &= 4;"
	    "r2 = r10;"
	    "r2 += -8;"
	    PAIR("r2 += r3;", "r2 += 4;")
	    "r1 = %[map] ll;"
	    "call 1;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
