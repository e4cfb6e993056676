/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sums without what follows them elsewhere: a pointer's variable part, and
 * registers that differ by a constant.
 */
#include "scalar_bounds.h"

/* verifier.c, adjust_ptr_min_max_vals(): pointers have no bounds of a lower
 * half but those that follow from the whole.
 */
static void finish(struct scalar *dst, const struct bounds *whole,
		   enum check_kernel kernel)
{
	bounds_forget(dst, 32);
	bounds_store(whole, dst);
	scalar_sync(dst, kernel);
	scalar_repair(dst, kernel);
}

void scalar_pointer_add(struct scalar *dst, const struct scalar *src,
			enum check_kernel kernel)
{
	struct bounds whole = bounds_of(dst, 64);
	struct bounds by = bounds_of(src, 64);

	bounds_add(&whole, &by);
	dst->bits = tnum_add(dst->bits, src->bits);
	finish(dst, &whole, kernel);
}

void scalar_pointer_sub(struct scalar *dst, const struct scalar *src,
			enum check_kernel kernel)
{
	struct bounds whole = bounds_of(dst, 64);
	struct bounds by = bounds_of(src, 64);

	bounds_sub(&whole, &by);
	dst->bits = tnum_sub(dst->bits, src->bits);
	finish(dst, &whole, kernel);
}

void scalar_displace(struct scalar *s, int32_t delta)
{
	struct scalar by;

	scalar_const(&by, (uint64_t)(int64_t)delta);
	for (unsigned int width = 32; width <= 64; width += 32) {
		struct bounds sum = bounds_of(s, width);
		struct bounds d = bounds_of(&by, width);

		bounds_add(&sum, &d);
		bounds_store(&sum, s);
	}
	s->bits = tnum_add(s->bits, by.bits);
}
