/* SPDX-License-Identifier: GPL-2.0-only */
/* A helper that the card lacks: the time. */
#include "pair.h"

ASM_PROGRAM(PAIR("call 5;", "call 7;")
	    "r0 = 2;"
	    "exit;")
