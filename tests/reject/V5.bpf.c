/* SPDX-License-Identifier: GPL-2.0-only */
/* Arithmetic on the context. */
#include "pair.h"

ASM_PROGRAM(PAIR("r1 += r10;",
		 "r1 = 1;"
		 "r1 += 1;")
	    "r0 = 2;"
	    "exit;")
