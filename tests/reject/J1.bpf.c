/* SPDX-License-Identifier: GPL-2.0-only */
/* Every comparison is free, of both widths, with numbers and registers. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u64 *)(r2 + 0);"
	    "r1 = *(u32 *)(r2 + 0);"
	    "if r0 == 77 goto out;"
	    "if r0 != r1 goto out;"
	    "if r0 > 1000 goto out;"
	    "if r0 s< -5 goto out;"
	    "if w0 <= 3 goto out;"
	    "if w0 s>= w1 goto out;"
	    ".8byte %[set];"
	    ".8byte %[set32];"
	    "out: r0 = 2;"
	    "exit;"
	    :: [set] RAW(0x45, 0, 0, 1, 8), [set32] RAW(0x4e, 0, 1, 0, 0))
