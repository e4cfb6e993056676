/* SPDX-License-Identifier: GPL-2.0-only */
/* Moving a packet's start, with a firmware that cannot. */
#include "pair.h"

ASM_PROGRAM("r2 = 14;"
	    "call 44;"
	    "r0 = 2;"
	    "exit;")
