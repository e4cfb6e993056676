/* SPDX-License-Identifier: GPL-2.0-only */
/* An atomic compare and exchange. */
#include "pair.h"

MAP(map, ARRAY, 4, 16, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    "r1 = 1;"
	    PAIR(".8byte %[insn];", "lock *(u32 *)(r0 + 0) += r1;")
	    "out: r0 = 2;"
	    "exit;"
	    :: [insn] RAW(0xc3, 0, 1, 0, BPF_CMPXCHG), ASM_MAP(map))
