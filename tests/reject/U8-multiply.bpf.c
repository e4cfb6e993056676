/* SPDX-License-Identifier: GPL-2.0-only */
/* The same for a product, which gets code for 16 bits. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u16 *)(r2 + 0);"
	    "r1 = 65536;"
	    "if r0 > 7 goto multiply;"
	    PAIR("r1 = 5;", "r1 = 65536;")
	    "multiply: r0 *= r1;"
	    "r0 &= 1;"
	    "exit;"
	    "out: r0 = 2;"
	    "exit;")
