/* SPDX-License-Identifier: GPL-2.0-only */
/* A jump out of the program. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("if r0 == 1 goto +8;", "if r0 == 1 goto +0;")
	    "exit;")
