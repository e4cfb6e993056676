/* SPDX-License-Identifier: GPL-2.0-only */
/* The card's memory as the board's and the network firmware leave it for the
 * driver. The driver starts at the resource table and follows pointers: board
 * information, service processor, loaded firmware, its symbols, its vNICs.
 */
#ifndef CARD_FIRMWARE_H
#define CARD_FIRMWARE_H

struct card;

/* Fills card->memory, zeroed before, from card->config. */
void firmware_build(struct card *card);

#endif
