/* SPDX-License-Identifier: GPL-2.0-only */
/* A load of the byte in front of a map's value. */
#include "pair.h"

MAP(map, ARRAY, 4, 16, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    PAIR("r0 = *(u8 *)(r0 - 1);", "r0 = *(u8 *)(r0 + 0);")
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
