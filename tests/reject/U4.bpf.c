/* SPDX-License-Identifier: GPL-2.0-only */
/* A division by a register that can only be 0, where the driver divides. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("r1 = 0;", "r1 = 2;")
	    "r0 /= r1;"
	    "r0 = 2;"
	    "exit;")
