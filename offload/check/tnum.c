/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arithmetic on known bits, with the results of the kernel's
 * kernel/bpf/tnum.c, which are not always the best possible ones.
 */
#include "tnum.h"

/* Where a bit is unknown, its value is zero. */
static struct tnum make(uint64_t value, uint64_t mask)
{
	return (struct tnum){ .value = value & ~mask, .mask = mask };
}

/* The greatest number that has the known bits. */
static uint64_t highest(struct tnum a)
{
	return a.value | a.mask;
}

struct tnum tnum_const(uint64_t value)
{
	return make(value, 0);
}

struct tnum tnum_unknown(void)
{
	return make(0, UINT64_MAX);
}

/* All bits from the first that differs are unknown. */
struct tnum tnum_range(uint64_t min, uint64_t max)
{
	uint64_t differ = min ^ max;

	if (!differ)
		return tnum_const(min);
	return make(min, UINT64_MAX >> __builtin_clzll(differ));
}

struct tnum tnum_lshift(struct tnum a, unsigned int shift)
{
	return make(a.value << shift, a.mask << shift);
}

struct tnum tnum_rshift(struct tnum a, unsigned int shift)
{
	return make(a.value >> shift, a.mask >> shift);
}

static uint64_t arshift(uint64_t value, unsigned int shift, unsigned int bits)
{
	if (bits == 32)
		return (uint32_t)((int32_t)value >> shift);
	return (uint64_t)((int64_t)value >> shift);
}

/* An unknown sign makes the bits that come in unknown as well. */
struct tnum tnum_arshift(struct tnum a, unsigned int shift, unsigned int bits)
{
	return make(arshift(a.value, shift, bits),
		    arshift(a.mask, shift, bits));
}

/* A bit of a sum is known where both operands' are, and where the least and
 * the greatest sum agree about the carry into it.
 */
struct tnum tnum_add(struct tnum a, struct tnum b)
{
	uint64_t least = a.value + b.value;
	uint64_t most = least + a.mask + b.mask;

	return make(least, (most ^ least) | a.mask | b.mask);
}

struct tnum tnum_sub(struct tnum a, struct tnum b)
{
	uint64_t diff = a.value - b.value;
	uint64_t borrows = (diff + a.mask) ^ (diff - b.mask);

	return make(diff, borrows | a.mask | b.mask);
}

struct tnum tnum_and(struct tnum a, struct tnum b)
{
	uint64_t ones = a.value & b.value;

	return make(ones, highest(a) & highest(b) & ~ones);
}

struct tnum tnum_or(struct tnum a, struct tnum b)
{
	uint64_t ones = a.value | b.value;

	return make(ones, (a.mask | b.mask) & ~ones);
}

struct tnum tnum_xor(struct tnum a, struct tnum b)
{
	return make(a.value ^ b.value, a.mask | b.mask);
}

/* The product of the known bits, and beside it what unknown bits may add:
 * each bit of @a contributes a shifted @b, whose unknown bits are uncertain
 * if that bit is one, and all of whose bits are if the bit is unknown.
 */
struct tnum tnum_mul(struct tnum a, struct tnum b)
{
	struct tnum unsure = tnum_const(0);
	uint64_t known = a.value * b.value;

	for (; highest(a); a = tnum_rshift(a, 1), b = tnum_lshift(b, 1)) {
		if (a.value & 1)
			unsure = tnum_add(unsure, make(0, b.mask));
		else if (a.mask & 1)
			unsure = tnum_add(unsure, make(0, highest(b)));
	}
	return tnum_add(tnum_const(known), unsure);
}

/* Where the two contradict each other, the bit is taken to be one. */
struct tnum tnum_intersect(struct tnum a, struct tnum b)
{
	return make(a.value | b.value, a.mask & b.mask);
}

struct tnum tnum_cast(struct tnum a, unsigned int bytes)
{
	uint64_t keep = bytes >= 8 ? UINT64_MAX : (1ULL << (bytes * 8)) - 1;

	return make(a.value & keep, a.mask & keep);
}

bool tnum_is_const(struct tnum a)
{
	return !a.mask;
}

bool tnum_in(struct tnum a, struct tnum b)
{
	return !(b.mask & ~a.mask) && (b.value & ~a.mask) == a.value;
}

bool tnum_is_aligned(struct tnum a, uint64_t size)
{
	return !size || !(highest(a) & (size - 1));
}
