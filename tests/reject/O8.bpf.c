/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The sign-extending move of cpu v4, which the driver takes for a plain one.
 */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR(".8byte %[insn];", "r0 = r0;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0xbf, 0, 0, 8, 0))
