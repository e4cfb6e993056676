/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The same for an atomic addition, which gets code for 16 bits. Kernels only
 * note a state two jumps and eight instructions after the one before.
 */
#include "pair.h"

MAP(map, ARRAY, 4, 8, 1, 0);

ASM_PROGRAM("r2 = 0;"
	    "*(u32 *)(r10 - 4) = r2;"
	    "r2 = r10;"
	    "r2 += -4;"
	    "r1 = %[map] ll;"
	    "call 1;"
	    "if r0 == 0 goto out;"
	    "r2 = *(u32 *)(r0 + 4);"
	    "r1 = 65536;"
	    "if r2 > 7 goto add;"
	    PAIR("r1 = 5;", "r1 = 65537;")
	    ".rept 8;"
	    "r2 = 0;"
	    ".endr;"
	    "goto add;"
	    "out: r0 = 2;"
	    "exit;"
	    "add: lock *(u32 *)(r0 + 0) += r1;"
	    "goto out;"
	    :: ASM_MAP(map))
