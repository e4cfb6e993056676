/* SPDX-License-Identifier: GPL-2.0-only */
/* A register that nothing was written to. */
#include "pair.h"

ASM_PROGRAM(PAIR("", "r2 = 2;")
	    "r0 = r2;"
	    "exit;")
