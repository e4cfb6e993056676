/* SPDX-License-Identifier: GPL-2.0-only */
/* A shift by a register that holds nothing but as many bits as there are. */
#include "pair.h"

ASM_PROGRAM("r0 = 2;"
	    PAIR("r1 = 32;", "r1 = 31;")
	    "w0 <<= w1;"
	    "r0 = 2;"
	    "exit;")
