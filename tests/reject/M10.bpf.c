/* SPDX-License-Identifier: GPL-2.0-only */
/* A counter that the program itself sets to one first. */
#include "pair.h"

MAP(map, ARRAY, 4, 4, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = 1;"
	    "*(u32 *)(r10 - 8) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r3 = r10;"
	    "r3 += -8;"
	    "r4 = 0;"
	    "r1 = %[map] ll;"
	    "call 2;"
	    PAIR("r2 = 0;"
		 "*(u32 *)(r10 - 4) = r2;"
		 "r2 = r10;"
		 "r2 += -4;"
		 "r1 = %[map] ll;"
		 "call 1;"
		 "if r0 == 0 goto out;"
		 "r1 = 1;"
		 "lock *(u32 *)(r0 + 0) += r1;",
		 "")
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
