/* SPDX-License-Identifier: GPL-2.0-only */
/* Which capability a refusal was about: the kernel never says. */
#ifndef CAPS_H
#define CAPS_H

#include "mode.h"

/**
 * caps_missing() - names of the capabilities that a load in @mode lacks
 * @perfmon: the program calculates with pointers, or is traced
 * @out:     "CAP_BPF, CAP_NET_ADMIN"; "" when none is missing
 */
void caps_missing(enum xdp_mode mode, bool perfmon, char *out, size_t room);

/* May programs be looked at by their id? That takes CAP_SYS_ADMIN. */
bool caps_can_look(void);

#endif
