/* SPDX-License-Identifier: GPL-2.0-only */
/* A lookup in what is no map. */
#include "pair.h"

MAP(map, HASH, 4, 4, 1, 0);

ASM_PROGRAM("r3 = 0;"
	    "*(u64 *)(r10 - 8) = r3;"
	    "*(u64 *)(r10 - 16) = r3;"
	    "r2 = r10;"
	    "r2 += -8;"
	    PAIR("r1 = r10;", "r1 = %[map] ll;")
	    "call 1;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
