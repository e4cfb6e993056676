/* SPDX-License-Identifier: GPL-2.0-only */
/* Moving a packet's end, with a firmware that cannot. */
#include "pair.h"

ASM_PROGRAM("r2 = -4;"
	    "call 65;"
	    "r0 = 2;"
	    "exit;")
