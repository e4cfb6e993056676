/* SPDX-License-Identifier: GPL-2.0-only */
/* To little-endian order, which is where the numbers are already. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("r0 = le16 r0;", "r0 = be16 r0;")
	    "r0 = 2;"
	    "exit;")
