/* SPDX-License-Identifier: GPL-2.0-only */
/* An update with a value that lies above the stack. */
#include "pair.h"

MAP(map, ARRAY, 4, 8, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u64 *)(r10 - 8) = r2;"
	    "*(u32 *)(r10 - 12) = r2;"
	    "r2 = r10;"
	    "r2 += -12;"
	    "r3 = r10;"
	    PAIR("r3 += 0;", "r3 += -8;")
	    "r4 = 0;"
	    "r1 = %[map] ll;"
	    "call 2;"
	    "r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
