/* SPDX-License-Identifier: GPL-2.0-only */
/* What a network card says of itself as a piece of hardware (devlink). */
#ifndef BOARD_H
#define BOARD_H

#include <stdbool.h>

#include "device.h"

struct board {
	char id[32];	/* assembly: "AMDA0096-0001" */
	char maker[32]; /* as the maker writes it: two or three letters */
	char model[32]; /* its name for the model */
	char serial[64];
};

/**
 * board_read() - ask devlink about the card that an interface is a port of
 *
 * No permission is needed. A card stays in the network namespace in which its
 * driver found it, when its ports are moved: it is to be asked for there.
 *
 * Return: 0, with "" for what the card does not tell; -ENODEV where devlink
 * knows no such card in this namespace; else -errno.
 */
int board_read(const struct device *dev, struct board *out);

/* Is it the lab's? The lab's card names a maker and a model that no maker of
 * cards uses (offload/card/hwinfo.c).
 */
bool board_is_emulated(const struct board *board);

#endif
