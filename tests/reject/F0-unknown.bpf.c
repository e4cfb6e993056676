/* SPDX-License-Identifier: GPL-2.0-only */
/* A number that is no helper. */
#include "pair.h"

ASM_PROGRAM(PAIR("call 9999;", "call 7;")
	    "r0 = 2;"
	    "exit;")
