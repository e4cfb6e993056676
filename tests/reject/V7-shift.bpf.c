/* SPDX-License-Identifier: GPL-2.0-only */
/* A shift by more than there is. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("r0 <<= 64;",
		 "r0 <<= 63;"
		 "r0 = 2;")
	    "exit;")
