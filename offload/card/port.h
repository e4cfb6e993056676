/* SPDX-License-Identifier: GPL-2.0-only */
/* The way of a frame between a wire and the host, in the order of the published
 * firmware: MAC match (unless promiscuous), program, choice of a ring, host. A
 * program's TX leaves on the same port; what the host sends meets no program.
 */
#ifndef CARD_PORT_H
#define CARD_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card/vnic.h"

/* Whether a frame may come now. Without a program the wire waits while the
 * host has no buffer at all; with one it never waits, since the program may
 * answer or drop by itself.
 */
bool port_can_receive(const struct vnic *vnic);
void port_receive(struct vnic *vnic, const uint8_t *frame, size_t len);

/* Sends what the host put into TX ring @ring. */
void port_transmit(struct vnic *vnic, unsigned int ring, const uint8_t *frame,
		   size_t len);

/* Buffers or settings have changed: wakes a wire that waits. */
void port_ready(struct vnic *vnic);

#endif
