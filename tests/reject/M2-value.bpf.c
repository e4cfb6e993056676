/* SPDX-License-Identifier: GPL-2.0-only */
/* One load that sees the packet on one path and a map's value on the other. */
#include "pair.h"

MAP(map, ARRAY, 4, 16, 1, 0);

ASM_PROGRAM("r6 = r1;"
	    "r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    "r7 = r0;"
	    "r2 = *(u32 *)(r6 + 0);"
	    "r3 = *(u32 *)(r6 + 4);"
	    "r4 = r2;"
	    "r4 += 1;"
	    "if r4 > r3 goto load;"
	    PAIR("r7 = r2;",
		 "r0 = *(u8 *)(r2 + 0);"
		 "goto out;")
	    "load: r0 = *(u8 *)(r7 + 0);"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
