/* SPDX-License-Identifier: GPL-2.0-only */
/* A map's key that is still in the packet. */
#include "pair.h"

MAP(map, HASH, 4, 4, 1, 0);

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 4;"
	    "if r4 > r3 goto out;"
	    PAIR("",
		 "r3 = *(u32 *)(r2 + 0);"
		 "*(u32 *)(r10 - 4) = r3;"
		 "r2 = r10;"
		 "r2 += -4;")
	    "r1 = %[map] ll;"
	    "call 1;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
