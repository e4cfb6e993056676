/* SPDX-License-Identifier: GPL-2.0-only */
/* Frames between the card and rings of descriptors in the host's memory.
 * Source: nfp driver, nfd3/nfd3.h struct nfp_nfd3_tx_desc, nfp_net.h struct
 * nfp_net_rx_desc, nfd3/dp.c.
 */
#ifndef CARD_RINGS_H
#define CARD_RINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card/vnic.h"

enum rings_result {
	RINGS_OK,
	RINGS_FULL,	/* the host has no buffer there */
	RINGS_TOO_LONG, /* for the host's buffers */
};

/* The host has a buffer in RX ring @index. */
bool rings_has_buffer(const struct vnic *vnic, unsigned int index);

/* Puts @data into the next buffer of RX ring @index and tells the host. */
enum rings_result rings_receive(struct vnic *vnic, unsigned int index,
				const uint8_t *data, size_t len);

/* Takes every whole frame off TX ring @index and passes it on. Control
 * messages stay there as long as the host has no buffer for their replies.
 */
void rings_transmit(struct vnic *vnic, unsigned int index);

#endif
