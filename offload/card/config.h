/* SPDX-License-Identifier: GPL-2.0-only */
/* What an emulated card is told to be: a firmware, single properties of it
 * changed, and a fault that it shall have. One table holds every property, so
 * that --list, the bounds and the texts cannot differ.
 */
#ifndef CARD_CONFIG_H
#define CARD_CONFIG_H

#include <stddef.h>
#include <stdio.h>

#include "profile.h"

#define CARD_PORTS_MAX 2
#define CARD_RINGS_MAX 8

enum card_fault {
	CARD_FAULT_NONE,
	CARD_FAULT_LOAD,    /* refuses the command that loads a program */
	CARD_FAULT_ENABLE,  /* refuses to enable a loaded program */
	CARD_FAULT_TIMEOUT, /* a load or enable is never answered */
	CARD_FAULT_CCM,	    /* control messages are never answered */
	CARD_FAULT_GONE,    /* all reads give ones, all writes vanish */
};

struct card_config {
	struct profile profile;
	unsigned int ports; /* 1..CARD_PORTS_MAX */
	unsigned int rings; /* per direction and port; 1..CARD_RINGS_MAX */
	enum card_fault fault;
};

/* The published firmware, one port, enough rings for native XDP, no fault. */
void card_config_init(struct card_config *config);

/**
 * card_config_set() - one assignment of --set: NAME=VALUE
 * @why: if refused: one sentence, without a newline
 *
 * "firmware=PROFILE" replaces the whole profile; others change one value.
 * Numbers in decimal, switches on|off, lists separated by '+' ("lookup+event",
 * "none"). The packet window follows the inline MTU.
 *
 * Return: 0; -EINVAL with *@why filled, and @config as it was.
 */
int card_config_set(struct card_config *config, const char *assignment,
		    char *why, size_t len);

/**
 * card_config_set_all() - assignments separated by ';', in their order
 *
 * Return: as card_config_set(); stops at the first that is refused, and then
 * @config is as it was before all of them.
 */
int card_config_set_all(struct card_config *config, const char *assignments,
			char *why, size_t len);

/* Every firmware and every property with its bounds, for people. */
void card_config_list(FILE *out);

#endif
