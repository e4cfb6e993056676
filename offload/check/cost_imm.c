/* SPDX-License-Identifier: GPL-2.0-only */
/* Numbers in NFP instructions, and division, which is a matter of numbers. */
#include "cost_work.h"

/* One instruction loads 16 bits, at any byte (bpf/jit.c pack_immed()). */
static bool fits_16bit_field(uint32_t imm)
{
	return !(imm & 0xffff0000) || !(imm & 0xff0000ff) ||
	       !(imm & 0x0000ffff);
}

unsigned int cost_immed(uint32_t imm)
{
	return fits_16bit_field(imm) || fits_16bit_field(~imm) ? 1 : 2;
}

unsigned int cost_operand(uint32_t imm)
{
	return imm <= 0xff ? 0 : cost_immed(imm);
}

unsigned int cost_offset(uint32_t imm)
{
	return imm <= 0x7f ? 0 : cost_immed(imm);
}

/* Division by multiplication with m / 2^(32 + shift), after Granlund and
 * Montgomery (PLDI 1994), fig. 6.2.
 */
struct reciprocal {
	uint32_t m;
	unsigned int log2; /* of the divisor, rounded up */
	bool wide;	   /* m needs a 33rd bit, which is left out of it */
};

/* lib/math/reciprocal_div.c reciprocal_value_adv(); @d is 1 to 2^31. */
static struct reciprocal reciprocal(uint32_t d, unsigned int precision)
{
	unsigned int log2 = d > 1 ? 32 - __builtin_clz(d - 1) : 0;
	uint64_t power = 1ULL << (32 + log2);
	uint64_t low = power / d;
	uint64_t high = (power + (power >> precision)) / d;

	for (unsigned int n = log2; n && low / 2 < high / 2; n--) {
		low /= 2;
		high /= 2;
	}
	return (struct reciprocal){
		.m = (uint32_t)high,
		.log2 = log2,
		.wide = high > UINT32_MAX,
	};
}

/* 32x32 bits into 64 (bpf/jit.c wrp_mul_u32()). */
#define MULTIPLY 7

int cost_divide(uint64_t imm)
{
	unsigned int zeros = 0;
	struct reciprocal r;
	uint32_t d = imm;
	bool power;

	if (!imm)
		return -EDOM;
	if (imm > UINT32_MAX)
		return 1;
	if (d > 1U << 31) /* the quotient is 0 or 1 */
		return cost_operand(d) + 3;
	r = reciprocal(d, 32);
	power = d == 1U << r.log2;
	if (r.wide && !(d & 1)) {
		zeros = __builtin_ctz(d);
		r = reciprocal(d >> zeros, 32 - zeros);
	}
	/* The factor is loaded even where a shift does without it. */
	if (power)
		return cost_operand(r.m) + 1;
	if (r.wide)
		return cost_operand(r.m) + MULTIPLY + 4;
	return cost_operand(r.m) + (zeros ? 1 : 0) + MULTIPLY + 1;
}
