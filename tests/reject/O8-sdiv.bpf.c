/* SPDX-License-Identifier: GPL-2.0-only */
/* The signed division of cpu v4, which the driver takes for the other. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR(".8byte %[insn];", "w0 /= 3;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0x34, 0, 0, 1, 3))
