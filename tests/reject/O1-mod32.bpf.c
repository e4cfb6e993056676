/* SPDX-License-Identifier: GPL-2.0-only */
/* The remainder of two numbers of 32 bits, in registers. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    "r1 = 3;"
	    PAIR(".8byte %[insn];", "w0 &= w1;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0x9c, 0, 1, 0, 0))
