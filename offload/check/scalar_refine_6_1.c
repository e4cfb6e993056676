/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What 6.1 learns from an open comparison: of a number that is compared with a
 * known one, or that two numbers are equal. Source: 6.1, verifier.c,
 * check_cond_jmp_op(), reg_set_min_max(), reg_combine_min_max().
 */
#include <linux/bpf.h>

#include "scalar_branch.h"

/* One number where the jump is taken, and where it is not. */
struct sides {
	unsigned int width;
	struct scalar *taken, *other;
};

static void learn_known(struct scalar *s, unsigned int width, uint64_t value)
{
	struct bounds b = { .width = width,
			    .umin = value & width_umax(width),
			    .umax = value & width_umax(width) };

	if (width == 64) {
		scalar_const(s, value);
		return;
	}
	bounds_sign_follows(&b);
	bounds_store(&b, s);
	s->bits = bits_with(s->bits, width, tnum_const(value));
}

/* Greater on one side is less or equal on the other; numbers wrap. */
static void learn_order(const struct sides *sides, const struct comparison *c,
			bool less, uint64_t value)
{
	struct scalar *up = less ? sides->other : sides->taken;
	struct scalar *down = less ? sides->taken : sides->other;
	struct bounds above = bounds_of(up, sides->width);
	struct bounds below = bounds_of(down, sides->width);
	bool includes = c->strict == less; /* the upper side includes @value */

	limit_below(&above, c->is_signed, includes ? value : value + 1);
	limit_above(&below, c->is_signed, includes ? value - 1 : value);
	bounds_store(&above, up);
	bounds_store(&below, down);
}

/* __reg_combine_32_into_64(), __reg_combine_64_into_32(): bounds of the other
 * width are derived anew. Those of the whole were only right before the lower
 * half was compared, unless it is all there is.
 */
static void settle(struct scalar *s, unsigned int width)
{
	if (width == 64)
		scalar_narrow(s);
	else if (!((s->bits.value | s->bits.mask) >> 32))
		scalar_widen(s);
	else
		bounds_forget(s, 64);
	scalar_sync(s, CHECK_KERNEL_6_1);
}

static void learn_value(unsigned int op, bool swapped,
			const struct sides *sides, uint64_t value)
{
	const struct comparison *c = comparison_of(op);

	if (c->ordered) {
		learn_order(sides, c, c->less != swapped, value);
	} else if (op == BPF_JSET) {
		refine_clear(sides->other, sides->width, value);
		refine_set(sides->taken, sides->width, value);
	} else {
		learn_known(op == BPF_JEQ ? sides->taken : sides->other,
			    sides->width, value);
	}
	settle(sides->other, sides->width);
	settle(sides->taken, sides->width);
}

static void learn_equal(struct scalar *a, struct scalar *b)
{
	scalar_meet(a, b, CHECK_KERNEL_6_1);
}

void refine_6_1(const struct refinement *r)
{
	struct sides dst = { r->width, r->taken_dst, r->other_dst };
	struct sides src = { r->width, r->taken_src, r->other_src };
	uint64_t dst_value = bits_of(r->other_dst, r->width).value;
	uint64_t src_value = bits_of(r->other_src, r->width).value;

	if (is_const_at(r->other_src, r->width))
		learn_value(r->op, false, &dst, src_value);
	else if (is_const_at(r->other_dst, r->width))
		learn_value(r->op, true, &src, dst_value);
	else if (r->width == 64 && r->op == BPF_JEQ)
		learn_equal(r->taken_src, r->taken_dst);
	else if (r->width == 64 && r->op == BPF_JNE)
		learn_equal(r->other_src, r->other_dst);
}
