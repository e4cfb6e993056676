/* SPDX-License-Identifier: GPL-2.0-only */
/* The wires: taps in a network namespace, one for each port of the card, or a
 * cable from one port to the other. The descriptors hold them, and they vanish
 * with the process.
 */
#ifndef LAB_WIRE_H
#define LAB_WIRE_H

#include <limits.h>
#include <net/if.h>

#include "lab_dir.h"
#include "lab_options.h"

struct lab_wires {
	bool cable; /* then there are no names */
	char netns[NAME_MAX + 1];
	char name[CARD_PORTS_MAX][IFNAMSIZ];
	int fd[CARD_PORTS_MAX];
	unsigned int count;
};

/**
 * lab_wires_make() - the namespace, if none is named, and the taps with their
 *		      addresses; or the cable
 * @dir: learns of a namespace that was made
 *
 * Return: 0, or -EINVAL with @why filled.
 */
int lab_wires_make(struct lab_wires *wires, const struct lab_options *options,
		   const struct lab_dir *dir, struct lab_why *why);

#endif
