/* SPDX-License-Identifier: GPL-2.0-only */
/* What a card's firmware offers: the only home of numbers about hardware. */
#ifndef PROFILE_H
#define PROFILE_H

struct profile {
	const char *name;
	unsigned int packet_window; /* bytes of a frame that a program sees */
	unsigned int max_key;	    /* bytes of a map's key */
	unsigned int max_value;	    /* bytes of a map's value */
	unsigned int max_element;   /* bytes of both, each rounded up to 8 */
};

/* The published firmware, which the limits are taken from. */
extern const struct profile profile_published;

#endif
