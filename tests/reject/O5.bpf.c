/* SPDX-License-Identifier: GPL-2.0-only */
/* The long jump of cpu v4. */
#include "pair.h"

ASM_PROGRAM(PAIR(".8byte %[insn];", "goto +0;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0x06, 0, 0, 0, 0))
