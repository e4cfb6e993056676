/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bits, signed and unsigned bounds, of the whole and of the lower half: what
 * each says about the others. Both kernels: verifier.c, reg_bounds_sync().
 */
#include "scalar_bounds.h"

#define WIDTHS_EACH(w)       \
	unsigned int w = 32; \
	w <= 64;             \
	w += 32

/* __update_reg_bounds(): an unknown sign bit is one in the least signed
 * number and zero in the greatest.
 */
void scalar_learn_bits(struct scalar *s)
{
	for (WIDTHS_EACH(width)) {
		struct bounds b = bounds_of(s, width);
		struct tnum bits = bits_of(s, width);
		uint64_t sign = 1ULL << (width - 1);

		bounds_limit_signed(
			&b, as_signed(width, bits.value | (bits.mask & sign)),
			as_signed(width, bits.value | (bits.mask & ~sign)));
		bounds_limit_unsigned(&b, bits.value, bits.value | bits.mask);
		bounds_store(&b, s);
	}
}

/* The unsigned bounds within the signed ones, which become the same. */
static void agree(struct bounds *b)
{
	bounds_limit_unsigned(b, as_unsigned(b->width, b->smin),
			      as_unsigned(b->width, b->smax));
	bounds_sign_follows(b);
}

/* 6.1, __reg32_deduce_bounds() and __reg64_deduce_bounds(): numbers of one
 * sign have the same bounds either way. Which sign, the signed bounds tell,
 * or else the unsigned ones; then the signed end of that side still counts.
 */
static void deduce_sign(struct bounds *b)
{
	if (b->smin >= 0 || b->smax < 0) {
		agree(b);
	} else if (as_signed(b->width, b->umax) >= 0) {
		b->smin = as_signed(b->width, b->umin);
		bounds_limit_unsigned(b, 0, as_unsigned(b->width, b->smax));
		b->smax = as_signed(b->width, b->umax);
	} else if (as_signed(b->width, b->umin) < 0) {
		bounds_limit_unsigned(b, as_unsigned(b->width, b->smin),
				      UINT64_MAX);
		bounds_sign_follows(b);
	}
}

static void deduce_6_1(struct scalar *s)
{
	for (WIDTHS_EACH(width)) {
		struct bounds b = bounds_of(s, width);

		deduce_sign(&b);
		bounds_store(&b, s);
	}
}

/* Bounds of the whole whose upper halves are the same are bounds of the lower
 * half: unsigned ones always, others if they are in order; and those whose
 * upper halves follow each other are signed ones if they enclose zero.
 */
static void limit_lower(struct bounds *low, uint64_t min, uint64_t max,
			bool in_order)
{
	uint32_t upper_min = min >> 32, upper_max = max >> 32;
	uint32_t umin = min, umax = max;
	int32_t smin = as_signed(32, min), smax = as_signed(32, max);

	if (upper_min == upper_max) {
		if (in_order || umin <= umax)
			bounds_limit_unsigned(low, umin, umax);
		if (smin <= smax)
			bounds_limit_signed(low, smin, smax);
	}
	if ((uint32_t)(upper_min + 1) == upper_max && smin < 0 && smax >= 0)
		bounds_limit_signed(low, smin, smax);
}

/* 6.12: signed and unsigned bounds limit each other where either range is
 * one in the other's order, or where they meet at one end only.
 */
static void deduce_overlap(struct bounds *b)
{
	uint64_t low = as_unsigned(b->width, b->smin);
	uint64_t high = as_unsigned(b->width, b->smax);
	int64_t smin = as_signed(b->width, b->umin);
	int64_t smax = as_signed(b->width, b->umax);

	if (smin <= smax) {
		bounds_limit_signed(b, smin, smax);
		low = as_unsigned(b->width, b->smin);
		high = as_unsigned(b->width, b->smax);
	}
	if (low <= high) {
		bounds_limit_unsigned(b, low, high);
	} else if (b->umax < low) {
		b->smin = smin;
		bounds_limit_unsigned(b, 0, high);
	} else if (high < b->umin) {
		b->smax = smax;
		bounds_limit_unsigned(b, low, UINT64_MAX);
	}
}

static uint64_t with_lower(uint64_t value, uint64_t lower)
{
	return (value & ~(uint64_t)UINT32_MAX) | lower;
}

/* The ends of the whole cannot have lower halves outside of these bounds. */
static void limit_whole(struct bounds *b, uint64_t min, uint64_t max)
{
	bounds_limit_unsigned(b, with_lower(b->umin, min),
			      with_lower(b->umax, max));
	bounds_limit_signed(b, (int64_t)with_lower((uint64_t)b->smin, min),
			    (int64_t)with_lower((uint64_t)b->smax, max));
}

/* 6.12, __reg_deduce_mixed_bounds(). The last step: a number that a signed
 * half can hold, and whose lower half is not negative, is that half.
 */
static void deduce_mixed(struct scalar *s, struct bounds *whole,
			 const struct bounds *low)
{
	limit_whole(whole, low->umin, low->umax);
	if (as_unsigned(32, low->smin) <= as_unsigned(32, low->smax))
		limit_whole(whole, as_unsigned(32, low->smin),
			    as_unsigned(32, low->smax));
	if (low->smin < 0 || whole->smin < INT32_MIN || whole->smax > INT32_MAX)
		return;
	whole->smin = low->smin;
	whole->smax = low->smax;
	whole->umin = (uint64_t)low->smin;
	whole->umax = (uint64_t)low->smax;
	s->bits = tnum_intersect(s->bits, tnum_range(whole->umin, whole->umax));
}

static void deduce_6_12(struct scalar *s)
{
	for (int round = 0; round < 3; round++) {
		struct bounds whole = bounds_of(s, 64);
		struct bounds low = bounds_of(s, 32);

		limit_lower(&low, whole.umin, whole.umax, true);
		limit_lower(&low, (uint64_t)whole.smin, (uint64_t)whole.smax,
			    false);
		deduce_overlap(&low);
		deduce_overlap(&whole);
		deduce_mixed(s, &whole, &low);
		bounds_store(&low, s);
		bounds_store(&whole, s);
	}
}

/* __reg_bound_offset() */
static void learn_bounds(struct scalar *s)
{
	struct tnum low;

	s->bits = tnum_intersect(s->bits, tnum_range(s->umin, s->umax));
	low = tnum_intersect(bits_of(s, 32),
			     tnum_range(s->u32_min, s->u32_max));
	s->bits = bits_with(s->bits, 32, low);
}

static void (*const deduce[])(struct scalar *) = {
	[CHECK_KERNEL_6_1] = deduce_6_1,
	[CHECK_KERNEL_6_12] = deduce_6_12,
};

void scalar_sync(struct scalar *s, enum check_kernel kernel)
{
	scalar_learn_bits(s);
	deduce[kernel](s);
	learn_bounds(s);
	scalar_learn_bits(s);
}

static bool is_sane(const struct scalar *s, unsigned int width)
{
	struct bounds b = bounds_of(s, width);
	struct tnum bits = bits_of(s, width);
	int64_t value = as_signed(width, bits.value);

	if (tnum_is_const(bits))
		return b.umin == bits.value && b.umax == bits.value &&
		       b.smin == value && b.smax == value;
	return b.umin <= b.umax && b.smin <= b.smax;
}

void scalar_repair(struct scalar *s, enum check_kernel kernel)
{
	if (kernel == CHECK_KERNEL_6_1 || (is_sane(s, 32) && is_sane(s, 64)))
		return;
	bounds_forget(s, 32);
	bounds_forget(s, 64);
}
