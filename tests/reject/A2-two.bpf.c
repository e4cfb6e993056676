/* SPDX-License-Identifier: GPL-2.0-only */
/* A division by one number on one path and by another on the other. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u32 *)(r2 + 0);"
	    "if r0 > 7 goto other;"
	    "r1 = 5;"
	    "r3 = r10;"
	    "goto divide;"
	    PAIR("other: r1 = 3;", "other: r1 = 5;")
	    "r3 = 0;"
	    "divide: r0 /= r1;"
	    "r0 = r3;"
	    "out: r0 = 2;"
	    "exit;")
