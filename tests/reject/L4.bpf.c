/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * More instructions than the kernel reads. It has no twin: long before a
 * million the card has no room (T3).
 */
#include "pair.h"

ASM_PROGRAM(".fill 1000000, 8, %[nothing];"
	    "r0 = 2;"
	    "exit;"
	    :: [nothing] RAW(0xb7, 0, 0, 0, 0))
