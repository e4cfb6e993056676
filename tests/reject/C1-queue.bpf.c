/* SPDX-License-Identifier: GPL-2.0-only */
/* A field of the context that the card can only write. */
#include "pair.h"

ASM_PROGRAM(PAIR("r0 = *(u32 *)(r1 + 16);", "r0 = *(u32 *)(r1 + 0);")
	    "r0 = 2;"
	    "exit;")
