/* SPDX-License-Identifier: GPL-2.0-only */
/* What `ethtool -S` shows: a vNIC's counters in its control BAR, and those of
 * the port's MAC. They are kept in the card's memory, where the driver reads
 * them.
 * Source: nfp driver, nfp_net_ctrl.h NFP_NET_CFG_STATS_*, nfp_port.h
 * NFP_MAC_STATS_*; bpf/jit.c nfp_outro_xdp() for the verdicts' counters.
 */
#ifndef CARD_COUNTERS_H
#define CARD_COUNTERS_H

#include <stddef.h>
#include <stdint.h>

#include "card/program.h"

enum counters_event {
	COUNTERS_RX_DISCARD, /* no buffer of the host */
	COUNTERS_RX_ERROR,   /* longer than the host's buffers */
	COUNTERS_TX_DISCARD, /* no room on the wire */
	COUNTERS_TX_ERROR,   /* impossible descriptors */
};

/* @bar: a vNIC's; @frame begins with its destination. */
void counters_rx(uint8_t *bar, unsigned int ring, const uint8_t *frame,
		 size_t len);
void counters_tx(uint8_t *bar, unsigned int ring, const uint8_t *frame,
		 size_t len);
void counters_event(uint8_t *bar, enum counters_event event);
void counters_verdict(uint8_t *bar, enum program_verdict verdict, size_t len);

/* @mac: a port's; counts @len as on a wire, with padding and checksum. */
void counters_mac_rx(uint8_t *mac, const uint8_t *frame, size_t len);
void counters_mac_tx(uint8_t *mac, const uint8_t *frame, size_t len);
void counters_mac_tx_drop(uint8_t *mac);

#endif
