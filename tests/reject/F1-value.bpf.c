/* SPDX-License-Identifier: GPL-2.0-only */
/* A map's key that is in a value of the map. */
#include "pair.h"

MAP(map, HASH, 4, 4, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    PAIR("r2 = r0;",
		 "r2 = *(u32 *)(r0 + 0);"
		 "*(u32 *)(r10 - 4) = r2;"
		 "r2 = r10;"
		 "r2 += -4;")
	    "r1 = %[map] ll;"
	    "call 1;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
