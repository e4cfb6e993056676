/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sign extension: instructions of cpu v4, which 6.1 does not have. Source:
 * 6.12, verifier.c, coerce_reg_to_size_sx() and coerce_subreg_to_size_sx().
 */
#include "scalar_bounds.h"

static int64_t extend(uint64_t value, unsigned int bytes)
{
	unsigned int drop = 64 - bytes * 8;

	return (int64_t)(value << drop) >> drop;
}

/* Bounds that differ in no bit above those which are kept, and have the same
 * sign after it, remain bounds, whichever comes first.
 */
static bool extend_bounds(struct bounds *b, unsigned int bytes)
{
	unsigned int drop = bytes * 8;
	int64_t min = extend((uint64_t)b->smin, bytes);
	int64_t max = extend((uint64_t)b->smax, bytes);

	if (b->smin >> drop != b->smax >> drop || (min < 0) != (max < 0))
		return false;
	b->smin = min < max ? min : max;
	b->smax = min < max ? max : min;
	b->umin = as_unsigned(b->width, b->smin);
	b->umax = as_unsigned(b->width, b->smax);
	return true;
}

static void any_of_size(struct bounds *b, unsigned int bytes)
{
	b->smax = width_smax(32) >> (32 - bytes * 8);
	b->smin = -b->smax - 1;
	bounds_forget_unsigned(b);
}

/* The kernel brings nothing into accord here, but sets every bound. */
void scalar_sign_extend(struct scalar *s, unsigned int bytes,
			enum check_kernel kernel)
{
	struct bounds b = bounds_of(s, 64);

	if (bytes >= 8)
		return;
	if (scalar_is_const(s)) {
		scalar_const(s, (uint64_t)extend(s->bits.value, bytes));
		return;
	}
	if (extend_bounds(&b, bytes)) {
		s->bits = tnum_range(b.umin, b.umax);
	} else {
		s->bits = tnum_unknown();
		any_of_size(&b, bytes);
	}
	bounds_store(&b, s);
	b.width = 32;
	bounds_store(&b, s);
	scalar_repair(s, kernel);
}

void scalar_sign_extend32(struct scalar *s, unsigned int bytes,
			  enum check_kernel kernel)
{
	struct bounds b = bounds_of(s, 32);

	if (scalar_is_const(s)) {
		uint64_t value = (uint64_t)extend(s->bits.value, bytes);

		s->bits = tnum_const(value);
		b.umin = b.umax = (uint32_t)value;
		bounds_sign_follows(&b);
	} else if (extend_bounds(&b, bytes)) {
		s->bits = tnum_range(b.umin, b.umax);
	} else {
		s->bits = tnum_cast(tnum_unknown(), 4);
		any_of_size(&b, bytes);
	}
	bounds_store(&b, s);
	scalar_zext32(s, kernel);
}
