/* SPDX-License-Identifier: GPL-2.0-only */
/* One load from two places on the stack that differ by no multiple of four. */
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
	    "if r0 == 0 goto load;"
	    PAIR("r6 += -2;", "r6 += -4;")
	    "load: r0 = *(u8 *)(r6 - 8);"
	    "out: r0 = 2;"
	    "exit;")
