/* SPDX-License-Identifier: GPL-2.0-only */
/* The jump that ends a loop at the kernel's discretion. */
#include "pair.h"

ASM_PROGRAM(PAIR(".8byte %[insn];", "goto +0;")
	    "r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0xe5, 0, 0, 0, 0))
