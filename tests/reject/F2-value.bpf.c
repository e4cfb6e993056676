/* SPDX-License-Identifier: GPL-2.0-only */
/* An update of a map with a value that is not aligned. */
#include "pair.h"

MAP(map, ARRAY, 4, 4, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u64 *)(r10 - 8) = r2;"
	    "*(u64 *)(r10 - 16) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r3 = r10;"
	    PAIR("r3 += -10;", "r3 += -8;")
	    "r4 = 0;"
	    "r1 = %[map] ll;"
	    "call 2;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
