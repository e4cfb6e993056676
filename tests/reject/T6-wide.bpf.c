/* SPDX-License-Identifier: GPL-2.0-only */
/* The same for 64 bits. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("r1 = 64;", "r1 = 63;")
	    "r0 >>= r1;"
	    "r0 = 2;"
	    "exit;")
