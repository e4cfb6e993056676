/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers that are known or unknown, and changes of their width.
 */
#include "scalar_bounds.h"

void scalar_unknown(struct scalar *s)
{
	s->bits = tnum_unknown();
	bounds_forget(s, 32);
	bounds_forget(s, 64);
}

void scalar_const(struct scalar *s, uint64_t value)
{
	*s = (struct scalar){
		.bits = tnum_const(value),
		.smin = (int64_t)value,
		.smax = (int64_t)value,
		.umin = value,
		.umax = value,
		.s32_min = (int32_t)value,
		.s32_max = (int32_t)value,
		.u32_min = (uint32_t)value,
		.u32_max = (uint32_t)value,
	};
}

bool scalar_is_const(const struct scalar *s)
{
	return tnum_is_const(s->bits);
}

bool scalar_contradicts(const struct scalar *s, bool is32)
{
	struct bounds b = bounds_of(s, is32 ? 32 : 64);

	if (is_const_at(s, b.width) && (b.smin != b.smax || b.umin != b.umax))
		return true;
	return b.smin > b.smax || b.umin > b.umax;
}

/* __reg_assign_32_into_64() */
void scalar_widen(struct scalar *s)
{
	bool positive = s->s32_min >= 0 && s->s32_max >= 0;

	s->umin = s->u32_min;
	s->umax = s->u32_max;
	s->smin = positive ? s->s32_min : 0;
	s->smax = positive ? s->s32_max : (int64_t)UINT32_MAX;
}

void scalar_zext32(struct scalar *s, enum check_kernel kernel)
{
	s->bits = tnum_cast(s->bits, 4);
	scalar_widen(s);
	scalar_sync(s, kernel);
	scalar_repair(s, kernel);
}

/* 6.1, __reg_combine_64_into_32(): an end that the half cannot hold says
 * nothing of it, and then neither does the other end.
 */
void scalar_narrow(struct scalar *s)
{
	struct bounds low = { .width = 32 };

	bounds_forget_signed(&low);
	bounds_forget_unsigned(&low);
	if (s->smin >= INT32_MIN && s->smin <= INT32_MAX &&
	    s->smax >= INT32_MIN && s->smax <= INT32_MAX) {
		low.smin = s->smin;
		low.smax = s->smax;
	}
	if (s->umin <= UINT32_MAX && s->umax <= UINT32_MAX) {
		low.umin = s->umin;
		low.umax = s->umax;
	}
	bounds_store(&low, s);
}

/* coerce_reg_to_size(): 6.1 leaves the lower half as it was where it is what
 * is kept; 6.12 derives it again where it is not.
 */
void scalar_truncate(struct scalar *s, unsigned int bytes,
		     enum check_kernel kernel)
{
	uint64_t keep, low, high;
	bool wraps;

	if (bytes >= 8)
		return;
	keep = UINT64_MAX >> (64 - 8 * bytes);
	/* The bounds stay where what is cut off is the same in both. */
	wraps = (s->umin | keep) != (s->umax | keep);
	low = wraps ? 0 : s->umin & keep;
	high = wraps ? keep : s->umax & keep;
	s->bits = tnum_cast(s->bits, bytes);
	s->umin = low;
	s->smin = low;
	s->umax = high;
	s->smax = high;
	if (kernel == CHECK_KERNEL_6_1 && bytes == 4)
		return;
	if (kernel == CHECK_KERNEL_6_1)
		scalar_narrow(s);
	else if (bytes < 4)
		bounds_forget(s, 32);
	scalar_sync(s, kernel);
	scalar_repair(s, kernel);
}

bool scalar_within(const struct scalar *old, const struct scalar *cur)
{
	return old->umin <= cur->umin && old->umax >= cur->umax &&
	       old->smin <= cur->smin && old->smax >= cur->smax &&
	       old->u32_min <= cur->u32_min && old->u32_max >= cur->u32_max &&
	       old->s32_min <= cur->s32_min && old->s32_max >= cur->s32_max;
}
