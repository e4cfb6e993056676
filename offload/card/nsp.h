/* SPDX-License-Identifier: GPL-2.0-only */
/* The card's service processor: the driver writes a command into its registers
 * and passes data through a buffer in the card's memory.
 * Source: nfp driver, nfpcore/nfp_nsp.c, nfp_nsp_eth.c, nfp_nsp_cmds.c.
 */
#ifndef CARD_NSP_H
#define CARD_NSP_H

#include <stdint.h>

struct card;

/* Registers as after power on; part of firmware_build(). */
void nsp_build(struct card *card);

/* The host has written at @offset of the registers; @priv: the card. */
void nsp_written(void *priv, uint64_t offset, unsigned int size,
		 uint64_t value);

#endif
