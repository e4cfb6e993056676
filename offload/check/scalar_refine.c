/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an open comparison teaches: the parts that both kernels share.
 */
#include "scalar_branch.h"

void limit_below(struct bounds *b, bool is_signed, uint64_t value)
{
	if (is_signed)
		bounds_limit_signed(b, as_signed(b->width, value), INT64_MAX);
	else
		bounds_limit_unsigned(b, value & width_umax(b->width),
				      UINT64_MAX);
}

void limit_above(struct bounds *b, bool is_signed, uint64_t value)
{
	if (is_signed)
		bounds_limit_signed(b, INT64_MIN, as_signed(b->width, value));
	else
		bounds_limit_unsigned(b, 0, value & width_umax(b->width));
}

void refine_clear(struct scalar *s, unsigned int width, uint64_t mask)
{
	struct tnum rest = tnum_and(bits_of(s, width), tnum_const(~mask));

	bounds_forget(s, 32);
	bounds_forget(s, 64);
	s->bits = bits_with(s->bits, width, rest);
}

void refine_set(struct scalar *s, unsigned int width, uint64_t mask)
{
	if (__builtin_popcountll(mask) == 1)
		s->bits = bits_with(s->bits, width,
				    tnum_or(s->bits, tnum_const(mask)));
}

void refine_equal(struct scalar *a, struct scalar *b, unsigned int width)
{
	struct bounds both = bounds_of(a, width), other = bounds_of(b, width);
	struct tnum bits = tnum_intersect(bits_of(a, width), bits_of(b, width));

	bounds_limit_unsigned(&both, other.umin, other.umax);
	bounds_limit_signed(&both, other.smin, other.smax);
	bounds_store(&both, a);
	bounds_store(&both, b);
	a->bits = bits_with(a->bits, width, bits);
	b->bits = bits_with(b->bits, width, bits);
}

void scalar_refine(unsigned int op, bool is32, struct scalar *taken_dst,
		   struct scalar *taken_src, struct scalar *other_dst,
		   struct scalar *other_src, enum check_kernel kernel)
{
	static void (*const refine[])(const struct refinement *) = {
		[CHECK_KERNEL_6_1] = refine_6_1,
		[CHECK_KERNEL_6_12] = refine_6_12,
	};
	const struct refinement r = { op,	 is32 ? 32 : 64, taken_dst,
				      taken_src, other_dst,	 other_src };

	refine[kernel](&r);
}

void scalar_meet(struct scalar *a, struct scalar *b, enum check_kernel kernel)
{
	refine_equal(a, b, 64);
	scalar_sync(a, kernel);
	scalar_sync(b, kernel);
	scalar_repair(a, kernel);
	scalar_repair(b, kernel);
}
