/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A loop of more instructions in all than the kernel follows. It has many in a
 * round, because kernels compare each round with all before.
 */
#include "pair.h"

ASM_PROGRAM("r0 = 0;"
	    "r1 = 0;"
	    "again: r0 += 1;"
	    ".rept 1000;"
	    "r1 += 1;"
	    ".endr;"
	    PAIR("if r0 < 1100 goto again;", "if r0 < 900 goto again;")
	    "r0 = 2;"
	    "exit;")
