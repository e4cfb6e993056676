/* SPDX-License-Identifier: GPL-2.0-only */
/* Stack that nothing was written to may be read by whom the card obeys. */
#include "pair.h"

ASM_PROGRAM("r1 = *(u64 *)(r10 - 8);"
	    "r0 = 2;"
	    "exit;")
