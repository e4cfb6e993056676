/* SPDX-License-Identifier: GPL-2.0-only */
/* A vNIC as the host sees it: a control BAR, TX and RX rings in the host's
 * memory, and interrupts. What the BAR says takes effect with a reconfig
 * command, and is kept here from then on.
 */
#ifndef CARD_VNIC_H
#define CARD_VNIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "card/card.h"

/* The driver gives every CPU a TX ring, and in native XDP every RX ring one
 * more; it refuses XDP if that exceeds what the card has. So a card with
 * config.rings RX rings has CARD_RINGS_MAX more TX rings, and native XDP works
 * on up to CARD_RINGS_MAX CPUs.
 * Source: nfp_net_common.c nfp_net_alloc(), nfp_net_check_config().
 */
#define VNIC_TX_RINGS_MAX (2 * CARD_RINGS_MAX)

struct ring {
	bool enabled;
	uint64_t address; /* of the descriptors, in host memory */
	uint32_t entries; /* a power of two */
	uint8_t vector;
	uint32_t read, written; /* free running */
};

struct vnic {
	struct card *card;
	unsigned int index; /* the port, or CARD_CTRL_VNIC */
	uint8_t *bar;
	/* As of the newest reconfig command. */
	uint32_t ctrl;
	uint8_t mac[6];
	uint32_t buffer; /* bytes of each of the host's RX buffers */
	struct ring tx[VNIC_TX_RINGS_MAX], rx[CARD_RINGS_MAX];
	bool pending[CARD_VECTORS]; /* interrupts that came while masked */
};

/* The control BAR as the firmware leaves it; the vNIC is off. */
void vnic_build(struct vnic *vnic);

/* The host has written @size bytes at @offset of the control BAR; @priv: the
 * vNIC.
 */
void vnic_written(void *priv, uint64_t offset, unsigned int size,
		  uint64_t value);

/* Interrupts the host, or lets it know as soon as it unmasks @vector. */
void vnic_interrupt(struct vnic *vnic, unsigned int vector);

/* Carries out the command in the control BAR and answers there. */
void vnic_reconfig(struct vnic *vnic);

#endif
