/* SPDX-License-Identifier: GPL-2.0-only */
/* A shift of a pointer. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 1;"
	    "if r4 > r3 goto out;"
	    PAIR("r2 <<= 1;", "r2 += 1;")
	    "out: r0 = 2;"
	    "exit;")
