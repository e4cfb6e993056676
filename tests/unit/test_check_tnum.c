/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Known bits: every pair of numbers with four bits that are 0, 1 or unknown,
 * against every pair of numbers that they stand for.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "tnum.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define WIDE	      16 /* numbers of four bits */

static bool has(struct tnum t, uint64_t value)
{
	return (value & ~t.mask) == t.value;
}

static bool same(struct tnum a, struct tnum b)
{
	return a.value == b.value && a.mask == b.mask;
}

/* The best that can be known of all numbers added to it. */
struct hull {
	bool any;
	uint64_t ones, zeros;
};

static void hull_add(struct hull *h, uint64_t value)
{
	h->ones = h->any ? h->ones & value : value;
	h->zeros = h->any ? h->zeros & ~value : ~value;
	h->any = true;
}

static struct tnum hull_tnum(const struct hull *h)
{
	return (struct tnum){ .value = h->ones, .mask = ~(h->ones | h->zeros) };
}

#define FOR_TNUMS(t)                                                     \
	for (struct tnum t = { 0, 0 }; t.mask < WIDE;                    \
	     t.value = t.value + 1 < WIDE ? t.value + 1 : (t.mask++, 0)) \
		if (!(t.value & t.mask))

#define FOR_VALUES(v, t)                    \
	for (uint64_t v = 0; v < WIDE; v++) \
		if (has(t, v))

typedef uint64_t (*number_fn)(uint64_t, uint64_t);

static uint64_t add(uint64_t a, uint64_t b)
{
	return a + b;
}

static uint64_t sub(uint64_t a, uint64_t b)
{
	return a - b;
}

static uint64_t and (uint64_t a, uint64_t b)
{
	return a & b;
}

static uint64_t or (uint64_t a, uint64_t b)
{
	return a | b;
}

static uint64_t xor (uint64_t a, uint64_t b) { return a ^ b; }

	static uint64_t mul(uint64_t a, uint64_t b)
{
	return a * b;
}

static struct hull hull_of(number_fn fn, struct tnum a, struct tnum b)
{
	struct hull h = { 0 };

	FOR_VALUES(x, a)
	FOR_VALUES(y, b)
	hull_add(&h, fn(x, y));
	return h;
}

static void arithmetic_knows_each_bit_that_can_be_known(void **state)
{
	static const struct {
		struct tnum (*tnum)(struct tnum, struct tnum);
		number_fn number;
	} ops[] = {
		{ tnum_add, add }, { tnum_sub, sub }, { tnum_and, and},
		{ tnum_or, or },   { tnum_xor, xor},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ops); i++)
		FOR_TNUMS(a)
	FOR_TNUMS(b)
	{
		struct hull h = hull_of(ops[i].number, a, b);

		assert_true(same(ops[i].tnum(a, b), hull_tnum(&h)));
	}
}

static void a_product_loses_no_value(void **state)
{
	(void)state;
	FOR_TNUMS(a)
	FOR_TNUMS(b)
	FOR_VALUES(x, a)
	FOR_VALUES(y, b)
	assert_true(has(tnum_mul(a, b), mul(x, y)));
}

/* Values of tnum_mul() of both kernels; the best result would know more. */
static void a_product_is_as_coarse_as_the_kernels(void **state)
{
	static const struct {
		struct tnum a, b, want;
	} rows[] = {
		{ { 3, 0 }, { 5, 0 }, { 15, 0 } },
		{ { 0, 3 }, { 3, 0 }, { 0, 0xf } },
		{ { 0, 3 }, { 0, 3 }, { 0, 0xf } },
		{ { 0, 1 }, { 6, 0 }, { 0, 6 } },
		{ { 1, 2 }, { 1, 2 }, { 1, 0xe } },
		{ { 4, 0 }, { 0, 0xff }, { 0, 0x3fc } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_true(same(tnum_mul(rows[i].a, rows[i].b), rows[i].want));
}

static void shifts_know_each_bit_that_can_be_known(void **state)
{
	(void)state;
	FOR_TNUMS(a)
	for (unsigned int n = 0; n < 64; n++) {
		struct hull left = { 0 }, right = { 0 }, whole = { 0 },
			    half = { 0 };
		struct tnum high = tnum_lshift(a, 60);
		struct tnum low = tnum_lshift(a, 28);

		FOR_VALUES(x, a)
		{
			hull_add(&left, x << n);
			hull_add(&right, x << 60 >> n);
			hull_add(&whole, (uint64_t)((int64_t)(x << 60) >> n));
			hull_add(&half,
				 (uint32_t)((int32_t)(x << 28) >> (n & 31)));
		}
		assert_true(same(tnum_lshift(a, n), hull_tnum(&left)));
		assert_true(same(tnum_rshift(high, n), hull_tnum(&right)));
		assert_true(same(tnum_arshift(high, n, 64), hull_tnum(&whole)));
		assert_true(
			same(tnum_arshift(low, n & 31, 32), hull_tnum(&half)));
	}
}

static void a_range_is_the_common_start_and_unknown_bits(void **state)
{
	(void)state;
	for (uint64_t min = 0; min < WIDE; min++)
		for (uint64_t max = min; max < WIDE; max++) {
			struct tnum t = tnum_range(min, max);

			for (uint64_t v = min; v <= max; v++)
				assert_true(has(t, v));
			assert_int_equal(t.mask & (t.mask + 1), 0);
			assert_int_equal((min ^ max) & ~t.mask, 0);
			assert_true(t.mask <= 2 * (min ^ max));
		}
	assert_true(same(tnum_range(0, UINT64_MAX), tnum_unknown()));
	assert_true(same(tnum_range(7, 7), tnum_const(7)));
}

static void an_intersection_has_what_both_have(void **state)
{
	(void)state;
	FOR_TNUMS(a)
	FOR_TNUMS(b)
	for (uint64_t v = 0; v < WIDE; v++)
		if (!((a.value ^ b.value) & ~a.mask & ~b.mask))
			assert_int_equal(has(tnum_intersect(a, b), v),
					 has(a, v) && has(b, v));
}

static void a_contradiction_is_taken_for_one(void **state)
{
	(void)state;
	assert_true(same(tnum_intersect(tnum_const(5), tnum_const(3)),
			 tnum_const(7)));
}

static void being_within_is_a_matter_of_every_value(void **state)
{
	(void)state;
	FOR_TNUMS(a)
	FOR_TNUMS(b)
	{
		bool all = true;

		FOR_VALUES(v, b)
		all = all && has(a, v);
		assert_int_equal(tnum_in(a, b), all);
	}
}

static void alignment_is_a_matter_of_every_value(void **state)
{
	(void)state;
	FOR_TNUMS(a)
	for (uint64_t size = 1; size <= WIDE; size *= 2) {
		bool all = true;

		FOR_VALUES(v, a)
		all = all && v % size == 0;
		assert_int_equal(tnum_is_aligned(a, size), all);
	}
}

static void a_cast_keeps_the_lowest_bytes(void **state)
{
	struct tnum t = { 0x1100220033004400, 0x00550066007700aa };

	(void)state;
	assert_true(same(tnum_cast(t, 1), (struct tnum){ 0, 0xaa }));
	assert_true(same(tnum_cast(t, 2), (struct tnum){ 0x4400, 0xaa }));
	assert_true(
		same(tnum_cast(t, 4), (struct tnum){ 0x33004400, 0x7700aa }));
	assert_true(same(tnum_cast(t, 8), t));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arithmetic_knows_each_bit_that_can_be_known),
		cmocka_unit_test(a_product_loses_no_value),
		cmocka_unit_test(a_product_is_as_coarse_as_the_kernels),
		cmocka_unit_test(shifts_know_each_bit_that_can_be_known),
		cmocka_unit_test(a_range_is_the_common_start_and_unknown_bits),
		cmocka_unit_test(an_intersection_has_what_both_have),
		cmocka_unit_test(a_contradiction_is_taken_for_one),
		cmocka_unit_test(being_within_is_a_matter_of_every_value),
		cmocka_unit_test(alignment_is_a_matter_of_every_value),
		cmocka_unit_test(a_cast_keeps_the_lowest_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
