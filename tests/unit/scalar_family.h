/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ranges to try everything on: short ones around every edge of 32 and 64 bits,
 * and every number in them.
 */
#ifndef TEST_SCALAR_FAMILY_H
#define TEST_SCALAR_FAMILY_H

#include <stdbool.h>
#include <stdint.h>

#include "scalar.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define FOR_KERNELS(k)                          \
	enum check_kernel k = CHECK_KERNEL_6_1; \
	k <= CHECK_KERNEL_6_12;                 \
	k++

struct family_range {
	uint64_t first;
	unsigned int count;
	bool wraps; /* bounds are signed ones, from negative to positive */
};

static const struct family_range family[] = {
	{ 0, 1, false },
	{ 1, 1, false },
	{ 0, 2, false },
	{ 0, 5, false },
	{ 3, 3, false },
	{ 30, 4, false },
	{ 62, 3, false },
	{ 0xfffe, 4, false },
	{ UINT64_MAX, 1, false },
	{ UINT64_MAX, 2, true },
	{ UINT64_MAX - 2, 6, true },
	{ UINT64_MAX - 3, 3, false },
	{ 0x7ffffffe, 4, false },
	{ 0x80000000, 2, false },
	{ 0xfffffffd, 3, false },
	{ 0xfffffffe, 4, false },
	{ 0xffffffff7ffffffe, 4, false },
	{ 0xfffffffeffffffff, 3, false },
	{ INT64_MAX - 1, 4, false },
	{ 1ULL << 63, 2, false },
};

static inline uint64_t family_value(const struct family_range *r,
				    unsigned int i)
{
	return r->first + i;
}

static inline void family_scalar(struct scalar *s, const struct family_range *r,
				 enum check_kernel kernel)
{
	uint64_t last = r->first + r->count - 1;

	scalar_unknown(s);
	if (r->wraps) {
		s->smin = (int64_t)r->first;
		s->smax = (int64_t)last;
	} else {
		s->umin = r->first;
		s->umax = last;
	}
	scalar_sync(s, kernel);
}

static inline bool scalar_has(const struct scalar *s, uint64_t v)
{
	return (v & ~s->bits.mask) == s->bits.value && v >= s->umin &&
	       v <= s->umax && (int64_t)v >= s->smin && (int64_t)v <= s->smax &&
	       (uint32_t)v >= s->u32_min && (uint32_t)v <= s->u32_max &&
	       (int32_t)v >= s->s32_min && (int32_t)v <= s->s32_max;
}

#endif
