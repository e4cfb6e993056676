/* SPDX-License-Identifier: GPL-2.0-only */
/* What reads and writes of the stack share. */
#ifndef CHECK_WALK_STACK_H
#define CHECK_WALK_STACK_H

#include "walk_private.h"

enum access {
	READ,
	WRITE,
	HELPER
};

/* The bytes that may be touched, from r10: [min, max). */
struct span {
	int64_t min, max;
	bool fixed;
};

struct frame *stack_frame(const struct walk *w, const struct reg *ptr);

/* Where an access at @off of a register goes: within the frame, which is given
 * as much stack.
 */
enum step_result stack_span(struct walk *w, unsigned int number, int off,
			    int size, enum access access, struct span *out);

/* This instruction spills to the word, or fills from it. */
void stack_note_word(struct walk *w, const struct frame *frame,
		     unsigned int word);

/* A byte of a word that held a register, and does no longer. That it was zero
 * is forgotten, too (scrub_spilled_slot()).
 */
void stack_scrub(unsigned char *type);
bool stack_is_spilled_zero(const struct stack_word *word);

#endif
