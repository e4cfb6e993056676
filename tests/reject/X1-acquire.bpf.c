/* SPDX-License-Identifier: GPL-2.0-only */
/* A load that orders those behind it: an atomic operation by its opcode. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 1;"
	    "if r4 > r3 goto out;"
	    "r2 = r10;"
	    "r3 = 0;"
	    "*(u64 *)(r10 - 8) = r3;"
	    PAIR(".8byte %[insn];", "r0 = *(u64 *)(r10 - 8);")
	    "out: r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0xdb, 0, 10, -8, 0x100))
