/* SPDX-License-Identifier: GPL-2.0-only */
/* A copy at the very end of the program, which the driver forgets to end. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r0 = 2;"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r3 >= r4 goto copy;"
	    "exit;"
	    "copy: r1 = *(u32 *)(r2 + 0);"
	    "*(u32 *)(r2 + 4) = r1;"
	    PAIR("", "r0 = 2;")
	    "exit;")
