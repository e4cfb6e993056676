/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A division by one number on one path and by another on the other, which the
 * kernel takes for the same state: the driver sees but one of them.
 */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u32 *)(r2 + 0);"
	    "r1 = 5;"
	    "if r0 > 7 goto divide;"
	    PAIR("r1 = 3;", "r1 = 5;")
	    "divide: r0 /= r1;"
	    "r0 &= 1;"
	    "exit;"
	    "out: r0 = 2;"
	    "exit;")
