/* SPDX-License-Identifier: GPL-2.0-only */
/* An opcode of no kernel. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR(".8byte %[insn];", "")
	    "exit;"
	    :: [insn] RAW(0x8f, 0, 1, 0, 0))
