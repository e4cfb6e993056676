/* SPDX-License-Identifier: GPL-2.0-only */
/* A deletion by a key on the stack, at no multiple of four. */
#include "pair.h"

MAP(map, HASH, 4, 4, 1, 0);

ASM_PROGRAM("r3 = 0;"
	    "*(u64 *)(r10 - 8) = r3;"
	    "*(u64 *)(r10 - 16) = r3;"
	    "r2 = r10;"
	    PAIR("r2 += -6;", "r2 += -8;")
	    "r1 = %[map] ll;"
	    "call 3;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
