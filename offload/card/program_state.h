/* SPDX-License-Identifier: GPL-2.0-only */
/* A program from within, for the files that run one. */
#ifndef CARD_PROGRAM_STATE_H
#define CARD_PROGRAM_STATE_H

#include "card/me.h"
#include "card/packet.h"
#include "card/program.h"

struct program {
	const struct profile *profile;
	struct maps *maps;
	const struct program_host *host;
	uint32_t start, done; /* what the driver was told at its probe */

	uint64_t *code; /* NULL: none is loaded */
	uint32_t len;
	uint8_t *seen;

	struct me me;
	struct packet packet;
	uint32_t random;
	char refusal[128];
	char stopped[192];
};

#endif
