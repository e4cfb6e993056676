/* SPDX-License-Identifier: GPL-2.0-only */
/* The remainder of a division; of a power of two it is a mask. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 4;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u32 *)(r2 + 0);"
	    PAIR(".8byte %[insn];", "r0 &= 3;")
	    "out: r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0x97, 0, 0, 0, 3))
