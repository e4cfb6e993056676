/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * More instructions than the kernel reads. The twin has as many as the driver
 * can number; nearly all of them no path leads to, as long before the card has
 * no room (T3).
 */
#include "pair.h"

#ifdef INSIDE
#define SKIPPED "if r0 == 2 goto +32766;" ".fill 32766, 8, %[nothing];"
#define MANY SKIPPED SKIPPED
#else
#define MANY ".fill 1000000, 8, %[nothing];"
#endif

ASM_PROGRAM("r0 = 2;"
	    MANY
	    "exit;"
	    :: [nothing] RAW(0xb7, 0, 0, 0, 0))
