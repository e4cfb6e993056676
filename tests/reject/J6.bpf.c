/* SPDX-License-Identifier: GPL-2.0-only */
/* The packet loads of the oldest programs. */
#include "pair.h"

ASM_PROGRAM(PAIR("r6 = r1;"
		 "r0 = *(u8 *)skb[0];"
		 "r0 = 2;",
		 "r2 = *(u32 *)(r1 + 0);"
		 "r3 = *(u32 *)(r1 + 4);"
		 "r4 = r2;"
		 "r4 += 1;"
		 "if r4 > r3 goto out;"
		 "r0 = *(u8 *)(r2 + 0);"
		 "out: r0 = 2;")
	    "exit;")
