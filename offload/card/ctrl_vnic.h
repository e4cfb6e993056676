/* SPDX-License-Identifier: GPL-2.0-only */
/* Control messages (CCM) over the control vNIC's only pair of rings. */
#ifndef CARD_CTRL_VNIC_H
#define CARD_CTRL_VNIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card/program.h"
#include "card/vnic.h"

/* Answers a request of the host. False, and nothing is done, while the host
 * has no buffer for a reply.
 */
bool ctrl_vnic_request(struct vnic *vnic, const uint8_t *request, size_t len);

/* Sends an event; lost and counted if the host has no buffer. @priv: the
 * card.
 */
void ctrl_vnic_event(void *priv, const struct program_event *event);

#endif
