/* SPDX-License-Identifier: GPL-2.0-only */
/* To network order and back is free, of each width. */
#include "pair.h"

ASM_PROGRAM("r2 = *(u32 *)(r1 + 0);"
	    "r3 = *(u32 *)(r1 + 4);"
	    "r4 = r2;"
	    "r4 += 8;"
	    "if r4 > r3 goto out;"
	    "r0 = *(u64 *)(r2 + 0);"
	    "r0 = be64 r0;"
	    "r0 = be32 r0;"
	    "r0 = be16 r0;"
	    "out: r0 = 2;"
	    "exit;")
