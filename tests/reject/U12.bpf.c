/* SPDX-License-Identifier: GPL-2.0-only */
/* A long jump that is a short one to in front of the program as well. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    ".8byte %[jump];"
	    "exit;"
	    :: [jump] RAW(PAIR(0x06, 0x05), 0, 0, PAIR(-9, 0), 0))
