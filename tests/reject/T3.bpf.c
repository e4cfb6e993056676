/* SPDX-License-Identifier: GPL-2.0-only */
/* A program of one machine instruction more than the card has room for. */
#include "pair.h"

ASM_PROGRAM("r1 = 0;"
	    ".rept 2500 + %[more];"
	    "w1 += 1;"
	    ".endr;"
	    "r0 = 2;"
	    "exit;"
	    :: [more] "i"(PAIR(33, 32)))
