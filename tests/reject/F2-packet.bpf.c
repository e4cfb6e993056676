/* SPDX-License-Identifier: GPL-2.0-only */
/* An update of a map with a value that is still in the packet. */
#include "pair.h"

MAP(map, ARRAY, 4, 4, 1, 0);

ASM_PROGRAM(PAIR("r2 = *(u32 *)(r1 + 0);"
		 "r3 = *(u32 *)(r1 + 4);"
		 "r4 = r2;"
		 "r4 += 4;"
		 "if r4 > r3 goto out;"
		 "r3 = 0;"
		 "*(u32 *)(r10 - 4) = r3;"
		 "r3 = r2;"
		 "r2 = r10;"
		 "r2 += -4;",
		 "r2 = 0;"
		 "*(u64 *)(r10 - 8) = r2;"
		 "*(u64 *)(r10 - 16) = r2;"
		 "r2 = r10;"
		 "r2 += -4;"
		 "r3 = r10;"
		 "r3 += -8;")
	    "r4 = 0;"
	    "r1 = %[map] ll;"
	    "call 2;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
