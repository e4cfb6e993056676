/* SPDX-License-Identifier: GPL-2.0-only */
/* The field that only programs behind a redirect may read. */
#include "pair.h"

ASM_PROGRAM(PAIR("r0 = *(u32 *)(r1 + 20);", "r0 = *(u32 *)(r1 + 4);")
	    "r0 = 2;"
	    "exit;")
