/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bounds of one width: reading, writing, and the arithmetic whose result
 * depends on nothing else.
 */
#include "scalar_bounds.h"

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

struct bounds bounds_of(const struct scalar *s, unsigned int width)
{
	if (width == 32)
		return (struct bounds){ 32, s->s32_min, s->s32_max, s->u32_min,
					s->u32_max };
	return (struct bounds){ 64, s->smin, s->smax, s->umin, s->umax };
}

void bounds_store(const struct bounds *b, struct scalar *s)
{
	if (b->width == 32) {
		s->s32_min = (int32_t)b->smin;
		s->s32_max = (int32_t)b->smax;
		s->u32_min = (uint32_t)b->umin;
		s->u32_max = (uint32_t)b->umax;
		return;
	}
	s->smin = b->smin;
	s->smax = b->smax;
	s->umin = b->umin;
	s->umax = b->umax;
}

struct tnum bits_with(struct tnum bits, unsigned int width, struct tnum low)
{
	uint64_t keep = ~width_umax(width);

	low = tnum_cast(low, width / 8);
	return (struct tnum){ .value = (bits.value & keep) | low.value,
			      .mask = (bits.mask & keep) | low.mask };
}

void bounds_forget_signed(struct bounds *b)
{
	b->smin = width_smin(b->width);
	b->smax = width_smax(b->width);
}

void bounds_forget_unsigned(struct bounds *b)
{
	b->umin = 0;
	b->umax = width_umax(b->width);
}

void bounds_forget(struct scalar *s, unsigned int width)
{
	struct bounds b = { .width = width };

	bounds_forget_signed(&b);
	bounds_forget_unsigned(&b);
	bounds_store(&b, s);
}

void bounds_limit_signed(struct bounds *b, int64_t min, int64_t max)
{
	b->smin = MAX(b->smin, min);
	b->smax = MIN(b->smax, max);
}

void bounds_limit_unsigned(struct bounds *b, uint64_t min, uint64_t max)
{
	b->umin = MAX(b->umin, min);
	b->umax = MIN(b->umax, max);
}

void bounds_sign_follows(struct bounds *b)
{
	b->smin = as_signed(b->width, b->umin);
	b->smax = as_signed(b->width, b->umax);
}

static bool fits_signed(unsigned int width, int64_t value)
{
	return value >= width_smin(width) && value <= width_smax(width);
}

/* One end that leaves the width, and both are unknown. */
void bounds_add(struct bounds *dst, const struct bounds *src)
{
	struct bounds sum = { .width = dst->width };

	if (__builtin_add_overflow(dst->smin, src->smin, &sum.smin) ||
	    __builtin_add_overflow(dst->smax, src->smax, &sum.smax) ||
	    !fits_signed(sum.width, sum.smin) ||
	    !fits_signed(sum.width, sum.smax))
		bounds_forget_signed(&sum);
	if (__builtin_add_overflow(dst->umin, src->umin, &sum.umin) ||
	    __builtin_add_overflow(dst->umax, src->umax, &sum.umax) ||
	    sum.umin > width_umax(sum.width) ||
	    sum.umax > width_umax(sum.width))
		bounds_forget_unsigned(&sum);
	*dst = sum;
}

void bounds_sub(struct bounds *dst, const struct bounds *src)
{
	struct bounds diff = { .width = dst->width };

	if (__builtin_sub_overflow(dst->smin, src->smax, &diff.smin) ||
	    __builtin_sub_overflow(dst->smax, src->smin, &diff.smax) ||
	    !fits_signed(diff.width, diff.smin) ||
	    !fits_signed(diff.width, diff.smax))
		bounds_forget_signed(&diff);
	diff.umin = dst->umin - src->umax;
	diff.umax = (dst->umax - src->umin) & width_umax(diff.width);
	if (dst->umin < src->umax)
		bounds_forget_unsigned(&diff);
	*dst = diff;
}

/* Products of numbers that have half the width each, and no sign. */
void bounds_mul(struct bounds *dst, const struct bounds *src)
{
	uint64_t half = width_umax(dst->width / 2);

	if (dst->smin < 0 || src->smin < 0 || dst->umax > half ||
	    src->umax > half) {
		bounds_forget_signed(dst);
		bounds_forget_unsigned(dst);
		return;
	}
	dst->umin = (dst->umin * src->umin) & width_umax(dst->width);
	dst->umax *= src->umax;
	if (dst->umax > (uint64_t)width_smax(dst->width))
		bounds_forget_signed(dst);
	else
		bounds_sign_follows(dst);
}
