/* SPDX-License-Identifier: GPL-2.0-only */
/* A load from the stack that is not aligned. */
#include "pair.h"

ASM_PROGRAM("r3 = 0;"
	    "*(u64 *)(r10 - 8) = r3;"
	    "*(u64 *)(r10 - 16) = r3;"
	    PAIR("r0 = *(u32 *)(r10 - 6);", "r0 = *(u32 *)(r10 - 8);")
	    "r0 = 2;"
	    "exit;")
