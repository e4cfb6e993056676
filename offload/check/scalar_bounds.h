/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bounds of one width. The kernel has every function twice, for 64 bits and
 * for the lower 32; here one serves both, on numbers of 64 bits that stay
 * within the width. For scalar*.c only.
 */
#ifndef CHECK_SCALAR_BOUNDS_H
#define CHECK_SCALAR_BOUNDS_H

#include "scalar.h"

struct bounds {
	unsigned int width; /* bits, 32 or 64 */
	int64_t smin, smax;
	uint64_t umin, umax;
};

struct bounds bounds_of(const struct scalar *s, unsigned int width);
void bounds_store(const struct bounds *b, struct scalar *s);

static inline uint64_t width_umax(unsigned int width)
{
	return UINT64_MAX >> (64 - width);
}

static inline int64_t width_smax(unsigned int width)
{
	return (int64_t)(width_umax(width) >> 1);
}

static inline int64_t width_smin(unsigned int width)
{
	return -width_smax(width) - 1;
}

static inline uint64_t as_unsigned(unsigned int width, int64_t value)
{
	return (uint64_t)value & width_umax(width);
}

static inline int64_t as_signed(unsigned int width, uint64_t value)
{
	return width == 32 ? (int32_t)value : (int64_t)value;
}

static inline struct tnum bits_of(const struct scalar *s, unsigned int width)
{
	return tnum_cast(s->bits, width / 8);
}

static inline bool is_const_at(const struct scalar *s, unsigned int width)
{
	return tnum_is_const(bits_of(s, width));
}

/* The bits below @width replaced. */
struct tnum bits_with(struct tnum bits, unsigned int width, struct tnum low);

void bounds_forget_signed(struct bounds *b);
void bounds_forget_unsigned(struct bounds *b);
void bounds_forget(struct scalar *s, unsigned int width);
/* Not more than what is between @min and @max. */
void bounds_limit_signed(struct bounds *b, int64_t min, int64_t max);
void bounds_limit_unsigned(struct bounds *b, uint64_t min, uint64_t max);
/* The signed bounds are the unsigned ones. */
void bounds_sign_follows(struct bounds *b);

void bounds_add(struct bounds *dst, const struct bounds *src);
void bounds_sub(struct bounds *dst, const struct bounds *src);
void bounds_mul(struct bounds *dst, const struct bounds *src);

/* Tighten the bounds of both widths by the known bits. */
void scalar_learn_bits(struct scalar *s);

/* The whole has the bounds of its lower half, the upper one is zero. */
void scalar_widen(struct scalar *s);
/* The lower half has those of the whole, where it can. */
void scalar_narrow(struct scalar *s);

/* 6.12 drops bounds that contradict each other or the bits: verifier.c,
 * reg_bounds_sanity_check().
 */
void scalar_repair(struct scalar *s, enum check_kernel kernel);

#endif
