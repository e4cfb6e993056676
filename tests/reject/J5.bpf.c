/* SPDX-License-Identifier: GPL-2.0-only */
/* A call of a function of the kernel. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR(".8byte %[insn];", "call 7;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0x85, 0, 2, 0, 1))
