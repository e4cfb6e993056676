/* SPDX-License-Identifier: GPL-2.0-only */
/* A load of another mode than memory. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 1;"
	    "if r4 > r3 goto out;"
	    PAIR(".8byte %[insn];", "r0 = *(u8 *)(r2 + 0);")
	    "out: r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0xd1, 0, 2, 0, 0))
