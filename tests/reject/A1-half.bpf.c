/* SPDX-License-Identifier: GPL-2.0-only */
/* A product of the lower halves is held to what is in the upper ones. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u64 *)(r2 + 0);"
	    PAIR("", "w0 = w0;")
	    "w0 *= 3;"
	    "out: r0 = 2;"
	    "exit;")
