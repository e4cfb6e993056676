/* SPDX-License-Identifier: GPL-2.0-only */
/* An atomic addition of a pointer. */
#include "pair.h"

MAP(map, ARRAY, 4, 16, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    PAIR("r1 = r10;", "r1 = 10;")
	    "lock *(u64 *)(r0 + 0) += r1;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
