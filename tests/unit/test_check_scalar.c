/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Operations on ranges: none loses a value that the card could compute, and
 * each knows what the verifier of the kernel would know, no more.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <linux/bpf.h>

#include "scalar_family.h"

static const unsigned int ops[] = { BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV,
				    BPF_MOD, BPF_AND, BPF_OR,  BPF_XOR,
				    BPF_LSH, BPF_RSH, BPF_ARSH };

static uint64_t arithmetic(unsigned int op, uint64_t a, uint64_t b)
{
	switch (op) {
	case BPF_ADD:
		return a + b;
	case BPF_SUB:
		return a - b;
	case BPF_MUL:
		return a * b;
	case BPF_DIV:
		return b ? a / b : 0;
	case BPF_MOD:
		return b ? a % b : a;
	case BPF_AND:
		return a & b;
	case BPF_OR:
		return a | b;
	default:
		return a ^ b;
	}
}

static uint64_t shift(unsigned int op, bool is32, uint64_t a, uint64_t b)
{
	unsigned int n = b & (is32 ? 31 : 63);

	if (op == BPF_LSH)
		return a << n;
	if (op == BPF_RSH)
		return (is32 ? (uint32_t)a : a) >> n;
	return is32 ? (uint64_t)((int32_t)a >> n) : (uint64_t)((int64_t)a >> n);
}

static uint64_t execute(unsigned int op, bool is32, uint64_t a, uint64_t b)
{
	bool shifts = op == BPF_LSH || op == BPF_RSH || op == BPF_ARSH;
	uint64_t r;

	if (shifts)
		r = shift(op, is32, a, b);
	else if (is32)
		r = arithmetic(op, (uint32_t)a, (uint32_t)b);
	else
		r = arithmetic(op, a, b);
	return is32 ? (uint32_t)r : r;
}

static void check_operation(unsigned int op, bool is32,
			    const struct family_range *a,
			    const struct family_range *b,
			    enum check_kernel kernel)
{
	struct scalar dst, src;

	family_scalar(&dst, a, kernel);
	family_scalar(&src, b, kernel);
	scalar_alu(op, is32, &dst, &src, kernel);
	for (unsigned int i = 0; i < a->count; i++)
		for (unsigned int j = 0; j < b->count; j++) {
			uint64_t x = family_value(a, i), y = family_value(b, j);

			if (!scalar_has(&dst, execute(op, is32, x, y)))
				fail_msg("op %#x is32 %d kernel %d: %#lx, %#lx",
					 op, is32, kernel, x, y);
		}
}

static void no_operation_loses_a_value(void **state)
{
	(void)state;
	for (FOR_KERNELS(kernel))
		for (size_t o = 0; o < ARRAY_SIZE(ops) * 2; o++)
			for (size_t a = 0; a < ARRAY_SIZE(family); a++)
				for (size_t b = 0; b < ARRAY_SIZE(family); b++)
					check_operation(ops[o / 2], o % 2,
							&family[a], &family[b],
							kernel);
}

/* Chains: the result of one operation goes into the next. */
static void two_operations_lose_no_value(void **state)
{
	(void)state;
	for (FOR_KERNELS(kernel))
		for (size_t o = 0; o < ARRAY_SIZE(ops) * ARRAY_SIZE(ops) * 4;
		     o++)
			for (size_t a = 0; a < ARRAY_SIZE(family); a++) {
				unsigned int op1 = ops[o / 4 % ARRAY_SIZE(ops)];
				unsigned int op2 = ops[o / 4 / ARRAY_SIZE(ops)];
				struct scalar s, by;
				uint64_t v = family[a].first;

				family_scalar(&s, &family[a], kernel);
				scalar_const(&by, 3);
				scalar_alu(op1, o & 1, &s, &by, kernel);
				scalar_alu(op2, o & 2, &s, &s, kernel);
				v = execute(op1, o & 1, v, 3);
				v = execute(op2, o & 2, v, v);
				assert_true(scalar_has(&s, v));
			}
}

#define ANY                   \
	{                     \
		0, UINT64_MAX \
	}
#define BOTH 2

struct range {
	uint64_t min, max;
};

/* Unsigned bounds of the whole and signed ones of the lower half, and the
 * unknown bits, as the kernels' own code gives them.
 */
static const struct {
	const char *what;
	unsigned int op;
	bool is32;
	struct range dst, src;
	int kernel; /* or BOTH */
	uint64_t umin, umax;
	int32_t s32_min, s32_max;
	struct tnum bits;
} results[] = {
	{ "sum",
	  BPF_ADD,
	  false,
	  { 0, 5 },
	  { 3, 3 },
	  0,
	  3,
	  8,
	  3,
	  10,
	  { 0, 0xf } },
	{ "sum",
	  BPF_ADD,
	  false,
	  { 0, 5 },
	  { 3, 3 },
	  1,
	  3,
	  8,
	  3,
	  8,
	  { 0, 0xf } },
	{ "half sum with -1",
	  BPF_ADD,
	  true,
	  { 5, 9 },
	  { -1ULL, -1ULL },
	  0,
	  0,
	  UINT32_MAX,
	  -1,
	  14,
	  { 0, UINT32_MAX } },
	{ "half sum with -1",
	  BPF_ADD,
	  true,
	  { 5, 9 },
	  { -1ULL, -1ULL },
	  1,
	  4,
	  8,
	  4,
	  8,
	  { 0, 0xf } },
	{ "product of two ranges",
	  BPF_MUL,
	  false,
	  { 0, 3 },
	  { 2, 5 },
	  0,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "product of two ranges",
	  BPF_MUL,
	  false,
	  { 0, 3 },
	  { 2, 5 },
	  1,
	  0,
	  15,
	  0,
	  15,
	  { 0, 0xf } },
	{ "product with a constant",
	  BPF_MUL,
	  false,
	  { 0, 100 },
	  { 3, 3 },
	  0,
	  0,
	  300,
	  0,
	  381,
	  { 0, 0x1ff } },
	{ "product with a constant",
	  BPF_MUL,
	  false,
	  { 0, 100 },
	  { 3, 3 },
	  1,
	  0,
	  300,
	  0,
	  300,
	  { 0, 0x1ff } },
	{ "low byte",
	  BPF_AND,
	  false,
	  ANY,
	  { 255, 255 },
	  BOTH,
	  0,
	  255,
	  0,
	  255,
	  { 0, 0xff } },
	{ "and of two ranges",
	  BPF_AND,
	  false,
	  { -4ULL, -1ULL },
	  { 100, 107 },
	  0,
	  96,
	  107,
	  96,
	  111,
	  { 0x60, 0xf } },
	{ "and of two ranges",
	  BPF_AND,
	  false,
	  { -4ULL, -1ULL },
	  { 100, 107 },
	  1,
	  96,
	  107,
	  96,
	  107,
	  { 0x60, 0xf } },
	{ "or of two ranges",
	  BPF_OR,
	  false,
	  { 0, 255 },
	  { 0, 15 },
	  0,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "or of two ranges",
	  BPF_OR,
	  false,
	  { 0, 255 },
	  { 0, 15 },
	  1,
	  0,
	  255,
	  0,
	  255,
	  { 0, 0xff } },
	{ "or with a constant",
	  BPF_OR,
	  false,
	  { 0, 255 },
	  { 256, 256 },
	  BOTH,
	  256,
	  511,
	  256,
	  511,
	  { 0x100, 0xff } },
	{ "xor of negative ones",
	  BPF_XOR,
	  false,
	  { -8ULL, -5ULL },
	  { 1, 1 },
	  BOTH,
	  -8ULL,
	  -5ULL,
	  -8,
	  -5,
	  { -8ULL, 3 } },
	{ "half quotient by a constant",
	  BPF_DIV,
	  true,
	  ANY,
	  { 3, 3 },
	  0,
	  0,
	  UINT32_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT32_MAX } },
	{ "half quotient by a constant",
	  BPF_DIV,
	  true,
	  ANY,
	  { 3, 3 },
	  1,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "half quotient by a range",
	  BPF_DIV,
	  true,
	  ANY,
	  { 1, 3 },
	  BOTH,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "remainder of constants",
	  BPF_MOD,
	  false,
	  { 9, 9 },
	  { 4, 4 },
	  BOTH,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "half negated",
	  BPF_NEG,
	  true,
	  { 1, 1 },
	  ANY,
	  BOTH,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "bytes swapped",
	  BPF_END,
	  true,
	  { 1, 1 },
	  ANY,
	  BOTH,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "left by a constant",
	  BPF_LSH,
	  false,
	  { 1, 3 },
	  { 4, 4 },
	  0,
	  16,
	  48,
	  0,
	  48,
	  { 0, 0x30 } },
	{ "left by a constant",
	  BPF_LSH,
	  false,
	  { 1, 3 },
	  { 4, 4 },
	  1,
	  16,
	  48,
	  16,
	  48,
	  { 0, 0x30 } },
	{ "left by a range",
	  BPF_LSH,
	  false,
	  { 1, 1 },
	  { 1, 2 },
	  BOTH,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "half left by its width",
	  BPF_LSH,
	  true,
	  { 1, 1 },
	  { 32, 32 },
	  0,
	  0,
	  UINT32_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT32_MAX } },
	{ "half left by its width",
	  BPF_LSH,
	  true,
	  { 1, 1 },
	  { 32, 32 },
	  1,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "right by its width",
	  BPF_RSH,
	  false,
	  ANY,
	  { 64, 64 },
	  BOTH,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "top bits",
	  BPF_RSH,
	  false,
	  ANY,
	  { 60, 60 },
	  BOTH,
	  0,
	  15,
	  0,
	  15,
	  { 0, 0xf } },
	{ "top bits of a half",
	  BPF_RSH,
	  true,
	  ANY,
	  { 28, 28 },
	  BOTH,
	  0,
	  15,
	  0,
	  15,
	  { 0, 0xf } },
	{ "sign",
	  BPF_ARSH,
	  false,
	  ANY,
	  { 63, 63 },
	  0,
	  0,
	  UINT64_MAX,
	  INT32_MIN,
	  INT32_MAX,
	  { 0, UINT64_MAX } },
	{ "sign",
	  BPF_ARSH,
	  false,
	  ANY,
	  { 63, 63 },
	  1,
	  0,
	  UINT64_MAX,
	  -1,
	  0,
	  { 0, UINT64_MAX } },
};

static void range_scalar(struct scalar *s, const struct range *r,
			 enum check_kernel kernel)
{
	scalar_unknown(s);
	s->umin = r->min;
	s->umax = r->max;
	scalar_sync(s, kernel);
}

static void check_result(size_t i, enum check_kernel kernel)
{
	struct scalar dst, src;

	range_scalar(&dst, &results[i].dst, kernel);
	range_scalar(&src, &results[i].src, kernel);
	scalar_alu(results[i].op, results[i].is32, &dst, &src, kernel);
	print_message("%s, kernel %d\n", results[i].what, kernel);
	assert_true(dst.umin == results[i].umin);
	assert_true(dst.umax == results[i].umax);
	assert_int_equal(dst.s32_min, results[i].s32_min);
	assert_int_equal(dst.s32_max, results[i].s32_max);
	assert_true(dst.bits.value == results[i].bits.value);
	assert_true(dst.bits.mask == results[i].bits.mask);
}

static void results_are_those_of_the_kernel(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(results); i++)
		for (FOR_KERNELS(kernel))
			if (results[i].kernel == BOTH ||
			    results[i].kernel == (int)kernel)
				check_result(i, kernel);
}

static void a_shift_by_32_keeps_the_sign_of_the_half(void **state)
{
	struct scalar s, by;

	(void)state;
	scalar_unknown(&s);
	s.smin = -2;
	s.smax = 5;
	scalar_sync(&s, CHECK_KERNEL_6_12);
	scalar_const(&by, 32);
	scalar_alu(BPF_LSH, false, &s, &by, CHECK_KERNEL_6_12);
	assert_true(s.smin == -2 * (1LL << 32) && s.smax == 5 * (1LL << 32));
	scalar_alu(BPF_ARSH, false, &s, &by, CHECK_KERNEL_6_12);
	assert_true(s.smin == -2 && s.smax == 5);
}

static void truncation_and_extension_lose_no_value(void **state)
{
	(void)state;
	for (FOR_KERNELS(kernel))
		for (size_t a = 0; a < ARRAY_SIZE(family) * 8; a++) {
			const struct family_range *r = &family[a / 8];
			uint64_t v = family_value(r, r->count / 2);
			unsigned int bytes = 1U << a % 4;
			unsigned int drop = 64 - bytes * 8;
			struct scalar s, x, h;

			family_scalar(&s, r, kernel);
			x = h = s;
			scalar_truncate(&s, bytes, kernel);
			assert_true(scalar_has(&s, v << drop >> drop));
			scalar_sign_extend(&x, bytes, kernel);
			v = (uint64_t)((int64_t)(v << drop) >> drop);
			assert_true(scalar_has(&x, v));
			if (bytes > 2)
				continue;
			scalar_sign_extend32(&h, bytes, kernel);
			assert_true(scalar_has(&h, (uint32_t)v));
		}
}

/* coerce_reg_to_size() of 6.1 returns before it looks at the lower half. */
static void four_bytes_of_a_load_are_tighter_in_6_12(void **state)
{
	const struct range r = { 0x100000005, 0x100000009 };
	struct scalar s;

	(void)state;
	for (FOR_KERNELS(kernel)) {
		range_scalar(&s, &r, kernel);
		scalar_truncate(&s, 4, kernel);
		assert_int_equal(s.umin, 5);
		assert_int_equal(s.umax, 9);
		assert_int_equal(s.u32_min, kernel == CHECK_KERNEL_6_1 ? 0 : 5);
		assert_int_equal(s.u32_max,
				 kernel == CHECK_KERNEL_6_1 ? 15 : 9);
	}
}

static void eight_bytes_of_a_load_are_all_of_it(void **state)
{
	struct scalar s, was;

	(void)state;
	for (FOR_KERNELS(kernel)) {
		family_scalar(&s, &family[11], kernel);
		was = s;
		scalar_truncate(&s, 8, kernel);
		assert_memory_equal(&s, &was, sizeof(s));
	}
}

static void a_choice_is_explored_for_both_values(void **state)
{
	struct scalar s, mask, other;

	(void)state;
	scalar_unknown(&s);
	scalar_const(&mask, 63);
	scalar_alu(BPF_ARSH, false, &s, &mask, CHECK_KERNEL_6_12);
	scalar_const(&mask, 12);
	assert_false(scalar_fork(BPF_AND, &s, &mask, &other, CHECK_KERNEL_6_1));
	assert_false(
		scalar_fork(BPF_XOR, &s, &mask, &other, CHECK_KERNEL_6_12));
	assert_true(scalar_fork(BPF_AND, &s, &mask, &other, CHECK_KERNEL_6_12));
	assert_true(scalar_is_const(&other) && other.umin == 0);
	scalar_alu(BPF_AND, false, &s, &mask, CHECK_KERNEL_6_12);
	assert_true(scalar_is_const(&s) && s.umin == 12);
}

/* Bounds of branches that are never taken. 6.1 carries them on and makes
 * nothing of what is computed with them; 6.12 drops them.
 */
static void bounds_without_a_number_are_not_computed_with(void **state)
{
	struct scalar s, empty;

	(void)state;
	scalar_unknown(&empty);
	empty.umin = 7;
	empty.umax = 5;
	assert_true(scalar_contradicts(&empty, false));
	assert_false(scalar_contradicts(&empty, true));
	for (FOR_KERNELS(kernel)) {
		scalar_const(&s, 1);
		scalar_alu(BPF_ADD, false, &s, &empty, kernel);
		assert_false(scalar_contradicts(&s, false));
		assert_true(s.umin == 0 && s.umax == UINT64_MAX);
	}
}

static void a_pointer_moves_by_the_bounds_of_a_number(void **state)
{
	const struct range r = { 2, 9 };
	struct scalar var, by;

	(void)state;
	for (FOR_KERNELS(kernel)) {
		scalar_const(&var, 20);
		range_scalar(&by, &r, kernel);
		scalar_pointer_add(&var, &by, kernel);
		assert_true(var.umin == 22 && var.umax == 29);
		scalar_pointer_sub(&var, &by, kernel);
		assert_true(var.umin == 13 && var.umax == 27);
		scalar_pointer_sub(&var, &var, kernel);
		assert_true(var.smin == -14 && var.smax == 14);
		assert_true(var.umin == 0 && var.umax == UINT64_MAX);
	}
}

static void a_pointer_that_may_wrap_is_unknown(void **state)
{
	struct scalar var, by;

	(void)state;
	for (FOR_KERNELS(kernel)) {
		scalar_unknown(&by);
		scalar_const(&var, 1);
		scalar_pointer_add(&var, &by, kernel);
		assert_true(var.smin == INT64_MIN && var.smax == INT64_MAX);
		assert_true(var.umin == 0 && var.umax == UINT64_MAX);
	}
}

static void displaced_numbers_keep_their_distance(void **state)
{
	struct scalar s;

	(void)state;
	for (size_t a = 0; a < ARRAY_SIZE(family); a++)
		for (int32_t delta = -3; delta < 4; delta++) {
			family_scalar(&s, &family[a], CHECK_KERNEL_6_12);
			scalar_displace(&s, delta);
			for (unsigned int i = 0; i < family[a].count; i++)
				assert_true(scalar_has(
					&s, family_value(&family[a], i) +
						    (uint64_t)(int64_t)delta));
		}
}

static void a_range_is_within_itself_and_wider_ones_only(void **state)
{
	const struct range narrow = { 2, 9 }, wide = { 2, 10 };
	struct scalar a, b;

	(void)state;
	for (FOR_KERNELS(kernel)) {
		range_scalar(&a, &narrow, kernel);
		range_scalar(&b, &wide, kernel);
		assert_true(scalar_within(&a, &a));
		assert_true(scalar_within(&b, &a));
		assert_false(scalar_within(&a, &b));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_operation_loses_a_value),
		cmocka_unit_test(two_operations_lose_no_value),
		cmocka_unit_test(results_are_those_of_the_kernel),
		cmocka_unit_test(a_shift_by_32_keeps_the_sign_of_the_half),
		cmocka_unit_test(truncation_and_extension_lose_no_value),
		cmocka_unit_test(four_bytes_of_a_load_are_tighter_in_6_12),
		cmocka_unit_test(eight_bytes_of_a_load_are_all_of_it),
		cmocka_unit_test(a_choice_is_explored_for_both_values),
		cmocka_unit_test(bounds_without_a_number_are_not_computed_with),
		cmocka_unit_test(a_pointer_moves_by_the_bounds_of_a_number),
		cmocka_unit_test(a_pointer_that_may_wrap_is_unknown),
		cmocka_unit_test(displaced_numbers_keep_their_distance),
		cmocka_unit_test(a_range_is_within_itself_and_wider_ones_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
