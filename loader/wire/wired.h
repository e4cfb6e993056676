/* SPDX-License-Identifier: GPL-2.0-only */
/* Does what one port sends reach another? */
#ifndef WIRE_WIRED_H
#define WIRE_WIRED_H

#include "wire/port.h"

/**
 * wired() - send a frame from one port, and wait for it at the other
 *
 * The frame is of the type that IEEE 802 keeps for experiments, so that no
 * host takes it for its own. It is sent anew several times within a second.
 *
 * Return: 0; -ETIMEDOUT where it did not arrive; or the error of a port.
 */
int wired(struct wire_port *from, struct wire_port *to);

#endif
