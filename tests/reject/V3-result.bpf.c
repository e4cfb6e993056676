/* SPDX-License-Identifier: GPL-2.0-only */
/* No result. */
#include "pair.h"

ASM_PROGRAM(PAIR("", "r0 = 2;")
	    "exit;")
