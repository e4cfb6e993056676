/* SPDX-License-Identifier: GPL-2.0-only */
/* A division by a constant of more than 32 bits. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u32 *)(r2 + 0);"
	    PAIR("r1 = 0x100000000 ll;", "r1 = 0xffffffff ll;")
	    "r0 /= r1;"
	    "out: r0 = 2;"
	    "exit;")
