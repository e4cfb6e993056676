/* SPDX-License-Identifier: GPL-2.0-only */
/* A program that only the larger of the two firmwares has room for. */
#include "pair.h"

ASM_PROGRAM("r1 = 0;"
	    ".rept 2600;"
	    "w1 += 1;"
	    ".endr;"
	    "r0 = 2;"
	    "exit;")
