/* SPDX-License-Identifier: GPL-2.0-only */
/* An instruction that no path leads to. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    "goto out;"
	    PAIR("r0 = 1;", "")
	    "out: exit;")
