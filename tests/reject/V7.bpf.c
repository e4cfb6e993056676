/* SPDX-License-Identifier: GPL-2.0-only */
/* An exit with a number in it. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR(".8byte %[insn];", "exit;")
	    :: [insn] RAW(0x95, 0, 0, 0, 1))
