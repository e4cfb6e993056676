/* SPDX-License-Identifier: GPL-2.0-only */
/* A store of a constant, which needs a register first. */
#include "pair.h"

ASM_PROGRAM(PAIR(".8byte %[insn];",
		 "r0 = 0;"
		 "*(u32 *)(r10 - 4) = r0;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0x62, 10, 0, -4, 0))
