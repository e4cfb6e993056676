/* SPDX-License-Identifier: GPL-2.0-only */
/* A write to the frame pointer. */
#include "pair.h"

ASM_PROGRAM(PAIR("r10 = 2;", "r9 = 2;")
	    "r0 = 2;"
	    "exit;")
