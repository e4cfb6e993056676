/* SPDX-License-Identifier: GPL-2.0-only */
/* A place on the stack that depends on the packet. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 1;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u8 *)(r2 + 0);"
	    "r0 &= 8;"
	    "r5 = 1;"
	    "*(u64 *)(r10 - 8) = r5;"
	    "*(u64 *)(r10 - 16) = r5;"
	    "r6 = r10;"
	    PAIR("r6 += r0;", "r6 += 8;")
	    "r0 = *(u8 *)(r6 - 16);"
	    "out: r0 = 2;"
	    "exit;")
