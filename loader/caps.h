/* SPDX-License-Identifier: GPL-2.0-only */
/* Which capability a refusal was about: the kernel never says. */
#ifndef CAPS_H
#define CAPS_H

#include "mode.h"

/* What a load needs beyond what its mode needs. */
#define CAPS_TRACE	 (1 << 0) /* a perf buffer on every CPU */
#define CAPS_SUBTRACTION (1 << 1) /* the program subtracts pointers */

/**
 * caps_missing() - names of the capabilities that a load in @mode lacks
 * @needs: CAPS_*
 * @out:   "CAP_BPF, CAP_NET_ADMIN"; "" when none is missing
 */
void caps_missing(enum xdp_mode mode, unsigned int needs, char *out,
		  size_t room);

/* Can programs be looked at by their id? That takes CAP_SYS_ADMIN. */
bool caps_can_look(void);

#endif
