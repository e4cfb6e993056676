/* SPDX-License-Identifier: GPL-2.0-only */
/* A loop without an end. */
#include "pair.h"

ASM_PROGRAM("call 7;"
	    PAIR("again: if r0 > 5 goto again;", "if r0 > 5 goto +0;")
	    "r0 = 2;"
	    "exit;")
