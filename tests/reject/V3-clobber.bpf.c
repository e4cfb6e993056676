/* SPDX-License-Identifier: GPL-2.0-only */
/* A call leaves nothing in the registers of its arguments. */
#include "pair.h"

ASM_PROGRAM(PAIR("call 7;"
		 "r0 = r1;",
		 "r6 = 2;"
		 "call 7;"
		 "r0 = r6;")
	    "exit;")
