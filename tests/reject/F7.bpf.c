/* SPDX-License-Identifier: GPL-2.0-only */
/* A random number, with a firmware that has none. */
#include "pair.h"

ASM_PROGRAM("call 7;"
	    "r0 = 2;"
	    "exit;")
