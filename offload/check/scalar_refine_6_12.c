/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What 6.12 learns from an open comparison, of both numbers whatever they are.
 * Source: 6.12, verifier.c, reg_set_min_max(), regs_refine_cond_op().
 */
#include <linux/bpf.h>

#include "scalar_branch.h"

/* @low < @high, or <= if not strict. Both may be the same register, so what is
 * written first is read again.
 */
static void learn_less(struct scalar *low, struct scalar *high,
		       unsigned int width, bool is_signed, bool strict)
{
	struct bounds lesser = bounds_of(low, width);
	struct bounds greater = bounds_of(high, width);

	limit_above(&lesser, is_signed,
		    (is_signed ? (uint64_t)greater.smax : greater.umax) -
			    strict);
	bounds_store(&lesser, low);
	greater = bounds_of(high, width);
	limit_below(&greater, is_signed,
		    (is_signed ? (uint64_t)lesser.smin : lesser.umin) + strict);
	bounds_store(&greater, high);
}

/* Which of the two is the known one? The other is written to. */
static bool known_one(struct scalar **number, struct scalar *b,
		      unsigned int width, uint64_t *value)
{
	const struct scalar *known = b;

	if (!is_const_at(known, width)) {
		known = *number;
		*number = b;
	}
	*value = bits_of(known, width).value;
	return is_const_at(known, width);
}

/* An edge that the number is not equal to is no longer one. */
static void learn_unequal(struct scalar *s, unsigned int width, uint64_t value)
{
	struct bounds b = bounds_of(s, width);
	int64_t number = as_signed(width, value);

	if (b.umin == value)
		b.umin = (b.umin + 1) & width_umax(width);
	if (b.umax == value)
		b.umax = (b.umax - 1) & width_umax(width);
	if (b.smin == number)
		b.smin = as_signed(width, value + 1);
	if (b.smax == number)
		b.smax = as_signed(width, value - 1);
	bounds_store(&b, s);
}

static void learn_order(const struct comparison *c, bool holds,
			struct scalar *dst, struct scalar *src,
			unsigned int width)
{
	bool dst_is_low = c->less == holds;

	learn_less(dst_is_low ? dst : src, dst_is_low ? src : dst, width,
		   c->is_signed, c->strict == holds);
}

/* One branch: the comparison holds, or it does not. */
static void learn(const struct refinement *r, bool holds, struct scalar *dst,
		  struct scalar *src)
{
	const struct comparison *c = comparison_of(r->op);
	uint64_t value;

	if (c->ordered)
		learn_order(c, holds, dst, src, r->width);
	else if (r->op != BPF_JSET && (r->op == BPF_JEQ) == holds)
		refine_equal(dst, src, r->width);
	else if (!known_one(&dst, src, r->width, &value))
		return;
	else if (r->op != BPF_JSET)
		learn_unequal(dst, r->width, value);
	else if (holds)
		refine_set(dst, r->width, value);
	else
		refine_clear(dst, r->width, value);
}

static void branch(const struct refinement *r, bool holds, struct scalar *dst,
		   struct scalar *src)
{
	learn(r, holds, dst, src);
	scalar_sync(dst, CHECK_KERNEL_6_12);
	scalar_sync(src, CHECK_KERNEL_6_12);
	scalar_repair(dst, CHECK_KERNEL_6_12);
	scalar_repair(src, CHECK_KERNEL_6_12);
}

void refine_6_12(const struct refinement *r)
{
	branch(r, false, r->other_dst, r->other_src);
	branch(r, true, r->taken_dst, r->taken_src);
}
