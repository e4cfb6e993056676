/* SPDX-License-Identifier: GPL-2.0-only */
/* Another result, on a path that the kernel does not follow to its end. */
#include "pair.h"

ASM_PROGRAM("call 7;"
	    PAIR("r6 = 77;", "r6 = 2;")
	    "if r0 == 1 goto +1;"
	    "r6 = 1;"
	    "call 7;"
	    "if r0 == 1 goto +0;"
	    "call 7;"
	    "if r0 == 1 goto +0;"
	    "r1 = 1;"
	    "r2 = 1;"
	    "r0 = r6;"
	    "exit;"
	    :: )
