/* SPDX-License-Identifier: GPL-2.0-only */
/* A word that is read, and then is part of a wider addition. */
#include "pair.h"

MAP(map, ARRAY, 4, 16, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    PAIR("r1 = *(u32 *)(r0 + 4);", "r1 = *(u32 *)(r0 + 8);")
	    "r1 = 1;"
	    "lock *(u64 *)(r0 + 0) += r1;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
