/* SPDX-License-Identifier: GPL-2.0-only */
/* The unconditional byte swap of cpu v4. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR(".8byte %[insn];", "r0 = be16 r0;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0xd7, 0, 0, 0, 16))
