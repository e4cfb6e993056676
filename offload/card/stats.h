/* SPDX-License-Identifier: GPL-2.0-only */
/* What a port's program cost and decided, per verdict. */
#ifndef CARD_STATS_H
#define CARD_STATS_H

#include <stdio.h>

#include "card/program.h"

struct stats_range {
	uint32_t min, max;
	uint64_t sum;
};

struct stats_row {
	uint64_t frames, bytes;
	struct stats_range instructions, commands, calls;
};

struct stats {
	struct stats_row verdict[PROGRAM_VERDICTS];
	uint64_t filtered; /* frames for another MAC address */
	uint64_t no_room;  /* frames that the host had no buffer for */
};

void stats_clear(struct stats *stats);
void stats_count(struct stats *stats, enum program_verdict verdict,
		 uint32_t bytes, const struct program_cost *cost);

/* A table for people; or an object on a line that is not ended yet. @stopped:
 * program_stopped().
 */
void stats_print(const struct stats *stats, unsigned int port,
		 const char *stopped, FILE *out);
void stats_print_json(const struct stats *stats, unsigned int port,
		      const char *stopped, FILE *out);

#endif
