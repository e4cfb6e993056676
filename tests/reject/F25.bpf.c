/* SPDX-License-Identifier: GPL-2.0-only */
/* An event for user space, with a firmware that has none. */
#include "pair.h"

MAP(map, PERF_EVENT_ARRAY, 4, 4, 2, 0);

ASM_PROGRAM("r6 = r1;"
	    "r3 = 0;"
	    "*(u64 *)(r10 - 8) = r3;"
	    "*(u64 *)(r10 - 16) = r3;"
	    "r1 = r6;"
	    "r2 = %[map] ll;"
	    "r3 = 0xffffffff ll;"
	    "r4 = r10;"
	    "r4 += -8;"
	    "r5 = 8;"
	    "call 25;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
