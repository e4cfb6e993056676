/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Two loads that share one bus read, though their places differ where a branch
 * is not taken: the driver looks at the last visit only.
 */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 64;"
	    "if r4 > r3 goto out;"
	    "r7 = *(u8 *)(r2 + 0);"
	    "r7 &= 12;"
	    "r9 = r1;"
	    "r8 = r2;"
	    "if r7 == 0 goto load;"
	    "r9 = 1;"
	    "r8 += r7;"
	    "r4 = r8;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    PAIR("load: r0 = *(u8 *)(r2 + 1);", "load: r0 = *(u8 *)(r8 + 1);")
	    "r5 = *(u8 *)(r8 + 2);"
	    "r0 += r5;"
	    "r0 &= 1;"
	    "r1 = r9;"
	    "exit;"
	    "out: r0 = 2;"
	    "exit;")
