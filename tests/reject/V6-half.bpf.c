/* SPDX-License-Identifier: GPL-2.0-only */
/* A key of which half was never written is free to whom the card obeys. */
#include "pair.h"

MAP(map, HASH, 4, 4, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u16 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
