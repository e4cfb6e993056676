/* SPDX-License-Identifier: GPL-2.0-only */
/* A division of a number that may have more than 32 bits. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    PAIR("r0 = *(u64 *)(r2 + 0);", "r0 = *(u32 *)(r2 + 0);")
	    "r0 /= 3;"
	    "out: r0 = 2;"
	    "exit;")
