/* SPDX-License-Identifier: GPL-2.0-only */
/* A helper for the context that is given something else. */
#include "pair.h"

ASM_PROGRAM(PAIR("r1 = r10;", "")
	    "r2 = 0;"
	    "call 44;"
	    "r0 = 2;"
	    "exit;")
