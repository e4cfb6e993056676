/* SPDX-License-Identifier: GPL-2.0-only */
/* Does what one port sends reach another, and as it was sent? */
#ifndef WIRE_WIRED_H
#define WIRE_WIRED_H

#include "wire/port.h"

/* Both send frames of the type that IEEE 802 keeps for experiments, so that no
 * host takes them for its own. They are sent anew several times within a
 * second.
 */

/**
 * wired() - send a frame from one port, and wait for it at the other
 *
 * Return: 0; -ETIMEDOUT where it did not arrive; or the error of a port.
 */
int wired(struct wire_port *from, struct wire_port *to);

/* The same with a frame that is shorter than an Ethernet's least. Return: bytes
 * that arrived, -ETIMEDOUT, or the error of a port.
 */
int wired_short(struct wire_port *from, struct wire_port *to);

#endif
