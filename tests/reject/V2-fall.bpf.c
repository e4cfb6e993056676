/* SPDX-License-Identifier: GPL-2.0-only */
/* A program that does not end where its instructions do. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("", "exit;"))
