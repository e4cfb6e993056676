/* SPDX-License-Identifier: GPL-2.0-only */
/* A deletion from a map, with a firmware that has none. */
#include "pair.h"

MAP(map, HASH, 4, 4, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    PAIR("call 3;",
		 "call 1;"
		 "if r0 == 0 goto out;")
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
