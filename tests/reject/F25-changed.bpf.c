/* SPDX-License-Identifier: GPL-2.0-only */
/* An event of data in a map on one path, on the stack on the other. */
#include "pair.h"

MAP(map, HASH, 4, 8, 1, 0);
MAP(events, PERF_EVENT_ARRAY, 4, 4, 2, 0);

ASM_PROGRAM("r6 = r1;"
	    "r2 = 0;"
	    "*(u64 *)(r10 - 8) = r2;"
	    "r2 = r10;"
	    "r2 += -8;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    "r7 = r0;"
	    "call 7;"
	    "r4 = r7;"
	    "if r0 > 7 goto event;"
	    PAIR("r4 = r10;"
		 "r4 += -8;",
		 "r4 = r7;"
		 "r4 += 0;")
	    "event: r1 = r6;"
	    "r2 = %[events] ll;"
	    "r3 = 0xffffffff ll;"
	    "r5 = 8;"
	    "call 25;"
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map), ASM_MAP(events))
