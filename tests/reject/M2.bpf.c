/* SPDX-License-Identifier: GPL-2.0-only */
/* One load that sees the packet on one path and the stack on the other. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 1;"
	    "if r4 > r3 goto out;"
	    "r5 = 1;"
	    "*(u64 *)(r10 - 8) = r5;"
	    "r0 = *(u8 *)(r2 + 0);"
	    "if r0 > 7 goto load;"
	    "r2 = r10;"
	    "r2 += -8;"
	    PAIR("",
		 "r0 = *(u8 *)(r2 + 0);"
		 "goto out;")
	    "load: r0 = *(u8 *)(r2 + 0);"
	    "out: r0 = 2;"
	    "exit;")
