/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comparisons that are decided already. 6.1: is_branch32_taken() and
 * is_branch64_taken(), 6.12: is_scalar_branch_taken() of verifier.c.
 */
#include <linux/bpf.h>

#include "scalar_branch.h"

enum {
	NEVER = 0,
	ALWAYS = 1,
	OPEN = -1
};

const struct comparison *comparison_of(unsigned int op)
{
	static const struct comparison table[16] = {
		[BPF_JGT >> 4] = { .ordered = true, .strict = true },
		[BPF_JGE >> 4] = { .ordered = true },
		[BPF_JLT >>
			4] = { .ordered = true, .strict = true, .less = true },
		[BPF_JLE >> 4] = { .ordered = true, .less = true },
		[BPF_JSGT >> 4] = { .ordered = true,
				    .strict = true,
				    .is_signed = true },
		[BPF_JSGE >> 4] = { .ordered = true, .is_signed = true },
		[BPF_JSLT >> 4] = { .ordered = true,
				    .strict = true,
				    .less = true,
				    .is_signed = true },
		[BPF_JSLE >> 4] = { .ordered = true,
				    .less = true,
				    .is_signed = true },
	};

	return &table[op >> 4];
}

/* Is @a > @b, or >= if not strict? */
static int decide_unsigned(const struct bounds *a, const struct bounds *b,
			   bool strict)
{
	if (strict ? a->umin > b->umax : a->umin >= b->umax)
		return ALWAYS;
	if (strict ? a->umax <= b->umin : a->umax < b->umin)
		return NEVER;
	return OPEN;
}

static int decide_signed(const struct bounds *a, const struct bounds *b,
			 bool strict)
{
	if (strict ? a->smin > b->smax : a->smin >= b->smax)
		return ALWAYS;
	if (strict ? a->smax <= b->smin : a->smax < b->smin)
		return NEVER;
	return OPEN;
}

static int decide_order(const struct comparison *c, const struct bounds *dst,
			const struct bounds *src)
{
	const struct bounds *a = c->less ? src : dst;
	const struct bounds *b = c->less ? dst : src;

	return c->is_signed ? decide_signed(a, b, c->strict)
			    : decide_unsigned(a, b, c->strict);
}

static int decide_bits(struct tnum bits, uint64_t wanted)
{
	if (bits.value & wanted)
		return ALWAYS;
	return (bits.value | bits.mask) & wanted ? OPEN : NEVER;
}

static bool bounds_disjoint(const struct bounds *a, const struct bounds *b)
{
	return a->umin > b->umax || a->umax < b->umin || a->smin > b->smax ||
	       a->smax < b->smin;
}

static bool bits_disjoint(struct tnum a, struct tnum b)
{
	return (a.value ^ b.value) & ~a.mask & ~b.mask;
}

/* Bits or bounds without a number in common, of the width that is compared or
 * of any smaller one.
 */
static bool disjoint(const struct scalar *a, const struct scalar *b,
		     unsigned int width)
{
	if (bits_disjoint(bits_of(a, width), bits_of(b, width)))
		return true;
	for (; width >= 32; width -= 32) {
		struct bounds x = bounds_of(a, width);
		struct bounds y = bounds_of(b, width);

		if (bounds_disjoint(&x, &y))
			return true;
	}
	return false;
}

/* Two known numbers are equal or not; of others 6.1 says nothing. */
static int decide_equal(const struct scalar *a, const struct scalar *b,
			unsigned int width, enum check_kernel kernel)
{
	if (is_const_at(a, width) && is_const_at(b, width))
		return bits_of(a, width).value == bits_of(b, width).value;
	if (kernel != CHECK_KERNEL_6_1 && disjoint(a, b, width))
		return NEVER;
	return OPEN;
}

/* 6.1 knows bits on the left of a known number; 6.12 on either side of it. */
static int decide_set(const struct scalar *dst, const struct scalar *src,
		      unsigned int width)
{
	if (is_const_at(src, width))
		return decide_bits(bits_of(dst, width),
				   bits_of(src, width).value);
	if (is_const_at(dst, width))
		return decide_bits(bits_of(src, width),
				   bits_of(dst, width).value);
	return OPEN;
}

static int decide(unsigned int op, unsigned int width, const struct scalar *dst,
		  const struct scalar *src, enum check_kernel kernel)
{
	const struct comparison *c = comparison_of(op);
	struct bounds d = bounds_of(dst, width);
	struct bounds s = bounds_of(src, width);
	int equal;

	if (c->ordered)
		return decide_order(c, &d, &s);
	if (op == BPF_JSET)
		return decide_set(dst, src, width);
	equal = decide_equal(dst, src, width, kernel);
	if (op == BPF_JNE && equal != OPEN)
		return !equal;
	return equal;
}

int scalar_decide(unsigned int op, bool is32, const struct scalar *dst,
		  const struct scalar *src, enum check_kernel kernel)
{
	unsigned int width = is32 ? 32 : 64;
	struct scalar value;

	if (kernel != CHECK_KERNEL_6_1)
		return decide(op, width, dst, src, kernel);
	if (!is_const_at(src, width))
		return OPEN;
	scalar_const(&value, src->bits.value);
	return decide(op, width, dst, &value, kernel);
}
