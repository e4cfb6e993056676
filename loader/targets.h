/* SPDX-License-Identifier: GPL-2.0-only */
/* The addresses that are answered, and what becomes of their requests. */
#ifndef TARGETS_H
#define TARGETS_H

#include <stdbool.h>
#include <stddef.h>

#include "echo.h"
#include "nl.h"

struct targets {
	struct echo_addr *addr; /* network order, IPv4 as ::ffff:a.b.c.d */
	size_t count;
	bool vlans_above; /* a VLAN device is stacked on the interface */
};

/**
 * targets_parse() - what --answer says, unless that is auto
 * @text: "any", or addresses separated by commas
 * @out:  freed with targets_free(), also after a failure
 * @why:  a sentence without full stop, of @room bytes, on failure
 *
 * An address must be one that a host can have and a peer can ping: no group,
 * unspecified, loopback, reserved or broadcast address.
 *
 * Return: 0, -EINVAL with @why filled, or -ENOMEM.
 */
int targets_parse(const char *text, struct targets *out, char *why,
		  size_t room);

/**
 * targets_auto() - the addresses of an interface and of what is stacked on it
 *
 * Stacked are VLAN, MACVLAN and IPVLAN devices on top, the bridge, bond or VRF
 * that the interface belongs to, and what is stacked on those. An address
 * that failed duplicate detection is not the host's, and loopback addresses are
 * nobody else's to ask for.
 *
 * Return: 0, or -errno.
 */
int targets_auto(struct nl *nl, int ifindex, struct targets *out);

void targets_free(struct targets *targets);

/* Room for any address as text; the all-zero address is "any". */
#define TARGET_TEXT_MAX 46
void target_text(const struct echo_addr *addr, char text[TARGET_TEXT_MAX]);

#endif
