/* SPDX-License-Identifier: GPL-2.0-only */
/* The signed remainder of cpu v4 has the opcode of the other. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR(".8byte %[insn];", "r0 &= 3;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0x97, 0, 0, 1, 3))
