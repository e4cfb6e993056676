/* SPDX-License-Identifier: GPL-2.0-only */
/* A number is no pointer. */
#include "pair.h"

ASM_PROGRAM("r2 = 8;"
	    "*(u64 *)(r10 - 8) = r2;"
	    PAIR("r0 = *(u64 *)(r2 + 0);", "r0 = *(u64 *)(r10 - 8);")
	    "r0 = 2;"
	    "exit;")
