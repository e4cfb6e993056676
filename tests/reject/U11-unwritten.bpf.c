/* SPDX-License-Identifier: GPL-2.0-only */
/* An update with key and value from a stack that nobody has written to. */
#include "pair.h"

MAP(map, ARRAY, 4, 8, 1, 0);

ASM_PROGRAM(PAIR("", "r2 = 0; *(u64 *)(r10 - 16) = r2;")
	    "r2 = r10;"
	    "r2 += -4;"
	    "r3 = r10;"
	    "r3 += -16;"
	    "r4 = 0;"
	    "r1 = %[map] ll;"
	    "call 2;"
	    "r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
