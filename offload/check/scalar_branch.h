/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an opcode of a comparison means, as data. For scalar_branch.c and
 * scalar_refine*.c only.
 */
#ifndef CHECK_SCALAR_BRANCH_H
#define CHECK_SCALAR_BRANCH_H

#include "scalar_bounds.h"

struct comparison {
	bool ordered; /* greater or less; the others are false without it */
	bool less;    /* it asks whether the right side is greater */
	bool strict;  /* equal is not enough */
	bool is_signed;
};

const struct comparison *comparison_of(unsigned int op);

/* Where a number is known to be at least, or at most, @value. */
void limit_below(struct bounds *b, bool is_signed, uint64_t value);
void limit_above(struct bounds *b, bool is_signed, uint64_t value);

/* Where bit by bit a number and @mask have nothing in common, or something:
 * then all bounds are dropped, or the bit is set if it is the only one.
 */
void refine_clear(struct scalar *s, unsigned int width, uint64_t mask);
void refine_set(struct scalar *s, unsigned int width, uint64_t mask);

/* Both have the bits and bounds that they share. */
void refine_equal(struct scalar *a, struct scalar *b, unsigned int width);

/* A comparison and the four numbers that it refines. */
struct refinement {
	unsigned int op, width;
	struct scalar *taken_dst, *taken_src, *other_dst, *other_src;
};

void refine_6_1(const struct refinement *r);
void refine_6_12(const struct refinement *r);

#endif
