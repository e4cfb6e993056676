/* SPDX-License-Identifier: GPL-2.0-only */
/* Chains of calls: how deep they are, in frames and in bytes of stack. Which
 * instructions are reached does not matter.
 */
#ifndef CHECK_CHAIN_H
#define CHECK_CHAIN_H

#include "fact.h"

/* What leads from a function to another. */
enum chain_by {
	CHAIN_CALLS, /* as the driver sees it: told_end is known */
	CHAIN_NAMES, /* its address as well: somebody may call it */
};

/* As many frames as a function has that gets back to itself. */
#define CHAIN_ENDLESS (1u << 16)

struct chain {
	unsigned int own;    /* bytes of the function's frame; to be set */
	unsigned int bytes;  /* of the deepest chain from it on */
	unsigned int frames; /* of the longest; CHAIN_ENDLESS and more: none */
	enum {
		CHAIN_UNKNOWN,
		CHAIN_ASKED,
		CHAIN_KNOWN
	} state;
};

/* The function that the instruction leads to, -1: to none. */
int chain_next(const struct code *code, const struct facts *facts,
	       enum chain_by by, unsigned int insn);

/**
 * chains_find() - all chains from the program itself on
 * @chains: for each function, own set and the rest 0
 */
void chains_find(const struct code *code, const struct facts *facts,
		 enum chain_by by, struct chain chains[SUBPROGS_MAX]);

#endif
