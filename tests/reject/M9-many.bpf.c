/* SPDX-License-Identifier: GPL-2.0-only */
/* The same in the 65th map of an object, of which a program may use 64. */
#include "pair.h"

#define ONE(n)	 MAP(map##n, ARRAY, 4, 4, 1, 0);
#define EIGHT(n) ONE(n##0) ONE(n##1) ONE(n##2) ONE(n##3) \
		 ONE(n##4) ONE(n##5) ONE(n##6) ONE(n##7)
#define MANY(n)	 EIGHT(n##0) EIGHT(n##1) EIGHT(n##2) EIGHT(n##3) \
		 EIGHT(n##4) EIGHT(n##5) EIGHT(n##6) EIGHT(n##7)

MANY(1)
MAP(map, ARRAY, 4, 16, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    "r1 = 1;"
	    "lock *(u32 *)(r0 + 0) += r1;"
	    PAIR("r1 = *(u32 *)(r0 + 0);", "r1 = *(u32 *)(r0 + 4);")
	    "out: r0 = 2;"
	    "exit;"
	    :: ASM_MAP(map))
