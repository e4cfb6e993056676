/* SPDX-License-Identifier: GPL-2.0-only */
/* A wide constant without its second half. */
#include "pair.h"

ASM_PROGRAM(".8byte %[insn];"
	    PAIR("", ".8byte 0;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0x18, 1, 0, 0, 7))
