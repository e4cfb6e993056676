/* SPDX-License-Identifier: GPL-2.0-only */
/* A field of the context that the card does not have. */
#include "pair.h"

ASM_PROGRAM(PAIR("r0 = *(u32 *)(r1 + 12);", "r0 = *(u32 *)(r1 + 4);")
	    "r0 = 2;"
	    "exit;")
