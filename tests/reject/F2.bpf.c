/* SPDX-License-Identifier: GPL-2.0-only */
/* An update of a map, with a firmware that has none. */
#include "pair.h"

MAP(map, ARRAY, 4, 4, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    PAIR("r2 = 1;"
		 "*(u32 *)(r10 - 8) = r2;"
		 "r2 = r10;"
		 "r2 += -4;"
		 "r3 = r10;"
		 "r3 += -8;"
		 "r4 = 0;"
		 "r1 = %[map] ll;"
		 "call 2;",
		 "r2 = r10;"
		 "r2 += -4;"
		 "r1 = %[map] ll;"
		 "call 1;"
		 "if r0 == 0 goto out;")
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
