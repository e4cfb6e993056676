/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Operations on two numbers: verifier.c, adjust_scalar_min_max_vals() and
 * what it calls. Addition and its like have bounds of both widths each for
 * itself; shifts carry bits across, so that they start from the known bits.
 */
#include <linux/bpf.h>

#include "scalar_bounds.h"

struct operation {
	unsigned int op;
	bool is32;
	enum check_kernel kernel;
};

static void each_width(struct scalar *dst, const struct scalar *src,
		       void (*run)(struct bounds *, const struct bounds *))
{
	for (unsigned int width = 32; width <= 64; width += 32) {
		struct bounds d = bounds_of(dst, width);
		struct bounds s = bounds_of(src, width);

		run(&d, &s);
		bounds_store(&d, dst);
	}
}

static void run_arith(const struct operation *o, struct scalar *dst,
		      const struct scalar *src)
{
	switch (o->op) {
	case BPF_ADD:
		each_width(dst, src, bounds_add);
		dst->bits = tnum_add(dst->bits, src->bits);
		break;
	case BPF_SUB:
		each_width(dst, src, bounds_sub);
		dst->bits = tnum_sub(dst->bits, src->bits);
		break;
	default:
		each_width(dst, src, bounds_mul);
		dst->bits = tnum_mul(dst->bits, src->bits);
	}
}

/* Is the result's sign known, so that its unsigned bounds are signed ones? 6.1
 * asks whether both operands were positive, 6.12 looks at the result.
 */
static bool has_sign(const struct operation *o, const struct bounds *result,
		     const struct bounds *src)
{
	if (o->kernel == CHECK_KERNEL_6_1)
		return result->smin >= 0 && src->smin >= 0;
	return as_signed(result->width, result->umin) <=
	       as_signed(result->width, result->umax);
}

/* @result holds the bounds of the left operand. */
static void bitwise_bounds(const struct operation *o, struct bounds *result,
			   struct bounds src, struct tnum bits)
{
	uint64_t highest = bits.value | bits.mask;

	if (o->op == BPF_AND) {
		result->umin = bits.value;
		bounds_limit_unsigned(result, 0, src.umax);
	} else if (o->op == BPF_OR) {
		result->umax = highest;
		bounds_limit_unsigned(result, src.umin, UINT64_MAX);
	} else {
		result->umin = bits.value;
		result->umax = highest;
	}
	if (has_sign(o, result, &src))
		bounds_sign_follows(result);
	else
		bounds_forget_signed(result);
}

static void bitwise_width(const struct operation *o, struct scalar *dst,
			  const struct scalar *src, unsigned int width)
{
	struct tnum bits = bits_of(dst, width);
	struct bounds b = bounds_of(dst, width);

	if (is_const_at(src, width) && tnum_is_const(bits)) {
		b.umin = b.umax = bits.value;
		bounds_sign_follows(&b);
	} else {
		bitwise_bounds(o, &b, bounds_of(src, width), bits);
	}
	bounds_store(&b, dst);
}

static void run_bitwise(const struct operation *o, struct scalar *dst,
			const struct scalar *src)
{
	if (o->op == BPF_AND)
		dst->bits = tnum_and(dst->bits, src->bits);
	else if (o->op == BPF_OR)
		dst->bits = tnum_or(dst->bits, src->bits);
	else
		dst->bits = tnum_xor(dst->bits, src->bits);
	bitwise_width(o, dst, src, 32);
	bitwise_width(o, dst, src, 64);
	if (scalar_is_const(src) && scalar_is_const(dst))
		scalar_const(dst, dst->bits.value);
	else
		scalar_learn_bits(dst);
}

/* The highest bit may become the sign, but nothing may leave. */
static void shift_left(struct bounds *b, unsigned int shift)
{
	bounds_forget_signed(b);
	if (shift >= b->width || b->umax > 1ULL << (b->width - 1 - shift)) {
		bounds_forget_unsigned(b);
		return;
	}
	b->umin = (b->umin << shift) & width_umax(b->width);
	b->umax <<= shift;
}

/* Compilers extend a sign by "<< 32" and "s>> 32", so that the lower half's
 * signed bounds are kept.
 */
static void shift_left_whole(struct scalar *dst, unsigned int shift)
{
	struct bounds whole = bounds_of(dst, 64);
	struct bounds low = bounds_of(dst, 32);

	shift_left(&whole, shift);
	if (shift == 32) {
		whole.smin = low.smin * (1LL << 32);
		whole.smax = low.smax * (1LL << 32);
	}
	shift_left(&low, shift);
	bounds_store(&whole, dst);
	bounds_store(&low, dst);
	dst->bits = tnum_lshift(dst->bits, shift);
}

static void shift_left_half(struct scalar *dst, unsigned int shift)
{
	struct bounds low = bounds_of(dst, 32);

	shift_left(&low, shift);
	bounds_store(&low, dst);
	dst->bits = tnum_cast(tnum_lshift(dst->bits, shift), 4);
}

/* Only the bounds of the order that the shift preserves are kept, and none of
 * the other width.
 */
static void shift_right(struct scalar *dst, unsigned int shift,
			unsigned int width, bool arithmetic)
{
	struct bounds b = bounds_of(dst, width);
	struct tnum bits = bits_of(dst, width);

	if (arithmetic) {
		b.smin >>= shift;
		b.smax >>= shift;
		bounds_forget_unsigned(&b);
		dst->bits = tnum_arshift(bits, shift, width);
	} else {
		b.umin >>= shift;
		b.umax >>= shift;
		bounds_forget_signed(&b);
		dst->bits = tnum_rshift(bits, shift);
	}
	bounds_forget(dst, 96 - width);
	bounds_store(&b, dst);
}

static void run_shift(const struct operation *o, struct scalar *dst,
		      const struct scalar *src)
{
	unsigned int shift = o->is32 ? src->u32_min : (unsigned int)src->umin;

	if (o->op != BPF_LSH)
		shift_right(dst, shift, o->is32 ? 32 : 64, o->op == BPF_ARSH);
	else if (o->is32)
		shift_left_half(dst, shift);
	else
		shift_left_whole(dst, shift);
	scalar_learn_bits(dst);
}

typedef void (*run_fn)(const struct operation *o, struct scalar *dst,
		       const struct scalar *src);

/* NULL: the result is unknown. */
static run_fn run_of(unsigned int op)
{
	static const run_fn table[16] = {
		[BPF_ADD >> 4] = run_arith,  [BPF_SUB >> 4] = run_arith,
		[BPF_MUL >> 4] = run_arith,  [BPF_AND >> 4] = run_bitwise,
		[BPF_OR >> 4] = run_bitwise, [BPF_XOR >> 4] = run_bitwise,
		[BPF_LSH >> 4] = run_shift,  [BPF_RSH >> 4] = run_shift,
		[BPF_ARSH >> 4] = run_shift,
	};

	return table[op >> 4];
}

static bool shift_fits(const struct operation *o, const struct scalar *src)
{
	unsigned int width = o->is32 ? 32 : 64;

	return is_const_at(src, width) && !scalar_contradicts(src, o->is32) &&
	       src->umax < width && bounds_of(src, width).umin < width;
}

/* Is the result known at all? 6.12: is_safe_to_compute_dst_reg_range(). */
static bool is_computable(const struct operation *o, const struct scalar *src)
{
	run_fn run = run_of(o->op);

	return run && (run != run_shift || shift_fits(o, src));
}

/* Of a result that it does not compute, 6.12 does not even know that the upper
 * half of 32 bits is zero. Nor does 6.1 with an operand that contradicts
 * itself, or is unknown in what it multiplies or shifts by; but it knows it of
 * a quotient by a constant.
 */
static bool is_given_up(const struct operation *o, const struct scalar *src)
{
	if (o->kernel != CHECK_KERNEL_6_1)
		return !is_computable(o, src);
	if (scalar_contradicts(src, o->is32))
		return true;
	return !is_const_at(src, o->is32 ? 32 : 64) && o->op != BPF_ADD &&
	       o->op != BPF_SUB && o->op != BPF_AND;
}

/* For neither kernel is an operation without operand a computation: their
 * check_alu_op() marks the register unknown.
 */
static bool is_unary(unsigned int op)
{
	return op == BPF_NEG || op == BPF_END;
}

void scalar_alu(unsigned int op, bool is32, struct scalar *dst,
		const struct scalar *src, enum check_kernel kernel)
{
	const struct operation o = { op, is32, kernel };
	struct scalar operand;

	if (is_unary(op) || is_given_up(&o, src)) {
		scalar_unknown(dst);
		return;
	}
	operand = *src; /* may be @dst */
	if (is_computable(&o, &operand))
		run_of(op)(&o, dst, &operand);
	else
		scalar_unknown(dst);
	if (is32) {
		scalar_zext32(dst, kernel);
		return;
	}
	scalar_sync(dst, kernel);
	scalar_repair(dst, kernel);
}

/* 6.12, maybe_fork_scalars() */
bool scalar_fork(unsigned int op, struct scalar *dst, const struct scalar *src,
		 struct scalar *other, enum check_kernel kernel)
{
	struct bounds low = { 32, -1, -1, UINT32_MAX, UINT32_MAX };
	bool whole = dst->smin == -1 && dst->smax == 0;

	if (kernel == CHECK_KERNEL_6_1 || (op != BPF_AND && op != BPF_OR) ||
	    !scalar_is_const(src))
		return false;
	if (!whole && (dst->s32_min != -1 || dst->s32_max != 0))
		return false;
	if (whole) {
		scalar_const(dst, UINT64_MAX);
		scalar_const(other, 0);
		return true;
	}
	*other = *dst;
	dst->bits = bits_with(dst->bits, 32, tnum_const(UINT32_MAX));
	bounds_store(&low, dst);
	other->bits = bits_with(other->bits, 32, tnum_const(0));
	low = (struct bounds){ .width = 32 };
	bounds_store(&low, other);
	return true;
}
