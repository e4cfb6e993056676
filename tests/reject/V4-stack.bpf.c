/* SPDX-License-Identifier: GPL-2.0-only */
/* More stack than there is. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("*(u64 *)(r10 - 520) = r0;", "*(u64 *)(r10 - 512) = r0;")
	    "exit;")
