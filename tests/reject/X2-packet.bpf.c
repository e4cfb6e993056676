/* SPDX-License-Identifier: GPL-2.0-only */
/* An atomic addition to the packet. */
#include "pair.h"

MAP(map, ARRAY, 4, 16, 1, 0);

ASM_PROGRAM(PAIR("r2 = *(u32 *)(r1 + 0);"
		 "r3 = *(u32 *)(r1 + 4);"
		 "r4 = r2;"
		 "r4 += 4;"
		 "if r4 > r3 goto out;"
		 "r1 = 1;"
		 "lock *(u32 *)(r2 + 0) += r1;",
		 "r2 = 0;"
		 "*(u32 *)(r10 - 4) = r2;"
		 "r2 = r10;"
		 "r2 += -4;"
		 "r1 = %[map] ll;"
		 "call 1;"
		 "if r0 == 0 goto out;"
		 "r1 = 1;"
		 "lock *(u32 *)(r0 + 0) += r1;")
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
