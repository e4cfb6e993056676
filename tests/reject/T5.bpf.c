/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A jump back to a first instruction that is not there: the card needs no copy
 * of the context.
 */
#include "pair.h"

ASM_PROGRAM(PAIR("again: r6 = r1;"
		 "if r6 != 0 goto back;"
		 "goto out;"
		 "back: r1 = 0;",
		 "r6 = r1;"
		 "again: if r6 != 0 goto back;"
		 "goto out;"
		 "back: r6 = 0;")
	    "goto again;"
	    "out: r0 = 2;"
	    "exit;")
