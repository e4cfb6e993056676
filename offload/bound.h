/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a card could do at most, by its cores and its clock, with a program of
 * so many executed instructions per frame. A bound and no forecast: it takes
 * everything but the program's own instructions for nothing.
 */
#ifndef BOUND_H
#define BOUND_H

#include <stdio.h>

#include "profile.h"

struct bound {
	double packets; /* per second, of the whole card */
	double wire;	/* frames per second that one port's wire carries */
	double share;	/* of all instructions, of one port at wire speed */
	double stay_ns; /* that a frame may be on the card at @packets: */
	unsigned int at_once; /* as there are only so many at a time */
};

/* Frames per second on a wire of @gbits per second. @frame: bytes, without the
 * checksum; a shorter one than 60 is padded.
 */
double bound_wire(unsigned int gbits, unsigned int frame);

/**
 * bound_of() - the bound, and what else it is to be seen with
 * @instructions: that the program executes for a frame; more than 0
 * @frame:	  as in bound_wire()
 */
struct bound bound_of(const struct profile_card *card, double instructions,
		      unsigned int frame);

/* What the bound assumes: sentences, the last one is followed by NULL. */
extern const char *const bound_assumptions[];

/* Of profile_rate_published, and @card, which it is taken for. */
struct bound bound_of_published(const struct profile_card **card);

/* Bound and wire, in lines that begin with @indent. */
void bound_print(FILE *to, const char *indent, const struct profile_card *card,
		 double instructions, unsigned int frame);

/* What any bound is to be seen with: the published rate beside its own bound,
 * and the assumptions.
 */
void bound_print_context(FILE *to, const char *indent);

#endif
