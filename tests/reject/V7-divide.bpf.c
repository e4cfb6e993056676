/* SPDX-License-Identifier: GPL-2.0-only */
/* A division by zero. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("r0 /= 0;", "r0 /= 1;")
	    "r0 = 2;"
	    "exit;")
