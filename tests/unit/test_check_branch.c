/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Comparisons: one that is decided holds for every pair of numbers, one that
 * is open loses none of them on either branch, and both know what the kernel
 * would know.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <linux/bpf.h>

#include "scalar_family.h"

static const unsigned int ops[] = { BPF_JEQ,  BPF_JNE,	BPF_JSET, BPF_JGT,
				    BPF_JGE,  BPF_JLT,	BPF_JLE,  BPF_JSGT,
				    BPF_JSGE, BPF_JSLT, BPF_JSLE };

static bool holds_signed(unsigned int op, int64_t a, int64_t b)
{
	switch (op) {
	case BPF_JSGT:
		return a > b;
	case BPF_JSGE:
		return a >= b;
	case BPF_JSLT:
		return a < b;
	default:
		return a <= b;
	}
}

static bool holds_whole(unsigned int op, uint64_t a, uint64_t b)
{
	switch (op) {
	case BPF_JEQ:
		return a == b;
	case BPF_JNE:
		return a != b;
	case BPF_JSET:
		return a & b;
	case BPF_JGT:
		return a > b;
	case BPF_JGE:
		return a >= b;
	case BPF_JLT:
		return a < b;
	case BPF_JLE:
		return a <= b;
	default:
		return holds_signed(op, (int64_t)a, (int64_t)b);
	}
}

/* Signed halves compare as what they are extended to; so do unsigned ones. */
static bool holds(unsigned int op, bool is32, uint64_t a, uint64_t b)
{
	if (!is32)
		return holds_whole(op, a, b);
	if (op == BPF_JSET)
		return (uint32_t)(a & b);
	return holds_whole(op, (uint64_t)(int64_t)(int32_t)a,
			   (uint64_t)(int64_t)(int32_t)b);
}

/* One comparison of two ranges, and what came of it. */
struct outcome {
	unsigned int op;
	bool is32;
	int decided;
	struct scalar taken_dst, taken_src, other_dst, other_src;
};

static void compare(struct outcome *o, const struct scalar *dst,
		    const struct scalar *src, enum check_kernel kernel)
{
	o->decided = scalar_decide(o->op, o->is32, dst, src, kernel);
	o->taken_dst = o->other_dst = *dst;
	o->taken_src = o->other_src = *src;
	if (o->decided < 0)
		scalar_refine(o->op, o->is32, &o->taken_dst, &o->taken_src,
			      &o->other_dst, &o->other_src, kernel);
}

static bool explains(const struct outcome *o, uint64_t a, uint64_t b)
{
	bool taken = holds(o->op, o->is32, a, b);

	if (o->decided >= 0)
		return o->decided == taken;
	if (taken)
		return scalar_has(&o->taken_dst, a) &&
		       scalar_has(&o->taken_src, b);
	return scalar_has(&o->other_dst, a) && scalar_has(&o->other_src, b);
}

static void check_ranges(unsigned int op, bool is32,
			 const struct family_range *a,
			 const struct family_range *b, enum check_kernel kernel)
{
	struct outcome o = { .op = op, .is32 = is32 };
	struct scalar dst, src;

	family_scalar(&dst, a, kernel);
	family_scalar(&src, b, kernel);
	compare(&o, &dst, &src, kernel);
	for (unsigned int i = 0; i < a->count; i++)
		for (unsigned int j = 0; j < b->count; j++) {
			uint64_t x = family_value(a, i), y = family_value(b, j);

			if (!explains(&o, x, y))
				fail_msg("op %#x is32 %d kernel %d: %#lx, %#lx",
					 op, is32, kernel, x, y);
		}
}

static void no_comparison_loses_a_pair(void **state)
{
	(void)state;
	for (FOR_KERNELS(kernel))
		for (size_t o = 0; o < ARRAY_SIZE(ops) * 2; o++)
			for (size_t a = 0; a < ARRAY_SIZE(family); a++)
				for (size_t b = 0; b < ARRAY_SIZE(family); b++)
					check_ranges(ops[o / 2], o % 2,
						     &family[a], &family[b],
						     kernel);
}

static void a_register_may_be_compared_with_itself(void **state)
{
	(void)state;
	for (FOR_KERNELS(kernel))
		for (size_t o = 0; o < ARRAY_SIZE(ops) * 2; o++)
			for (size_t a = 0; a < ARRAY_SIZE(family); a++) {
				unsigned int op = ops[o / 2];
				uint64_t v = family[a].first;
				struct scalar s, taken, other;

				family_scalar(&s, &family[a], kernel);
				taken = other = s;
				if (scalar_decide(op, o % 2, &s, &s, kernel) >=
				    0)
					continue;
				scalar_refine(op, o % 2, &taken, &taken, &other,
					      &other, kernel);
				assert_true(scalar_has(holds(op, o % 2, v, v)
							       ? &taken
							       : &other,
						       v));
			}
}

struct range {
	uint64_t min, max;
};

#define ANY                   \
	{                     \
		0, UINT64_MAX \
	}

static void range_scalar(struct scalar *s, const struct range *r,
			 enum check_kernel kernel)
{
	scalar_unknown(s);
	s->umin = r->min;
	s->umax = r->max;
	scalar_sync(s, kernel);
}

/* 6.1 compares with a known number on the right only. */
static const struct {
	const char *what;
	unsigned int op;
	bool is32;
	struct range dst, src;
	int want[2]; /* 6.1, 6.12 */
} decisions[] = {
	{ "constants", BPF_JEQ, false, { 5, 5 }, { 5, 5 }, { 1, 1 } },
	{ "other constants", BPF_JNE, false, { 5, 5 }, { 6, 6 }, { 1, 1 } },
	{ "out of range", BPF_JEQ, false, { 0, 5 }, { 9, 9 }, { -1, 0 } },
	{ "not out of range", BPF_JNE, false, { 0, 5 }, { 9, 9 }, { -1, 1 } },
	{ "in range", BPF_JEQ, false, { 0, 5 }, { 3, 3 }, { -1, -1 } },
	{ "less", BPF_JLT, false, { 0, 5 }, { 6, 6 }, { 1, 1 } },
	{ "at the edge", BPF_JLT, false, { 0, 5 }, { 5, 5 }, { -1, -1 } },
	{ "not greater", BPF_JGT, false, { 0, 5 }, { 5, 5 }, { 0, 0 } },
	{ "constant on the left",
	  BPF_JGT,
	  false,
	  { 3, 3 },
	  { 5, 9 },
	  { -1, 0 } },
	{ "two ranges", BPF_JGT, false, { 7, 9 }, { 0, 5 }, { -1, 1 } },
	{ "ranges that touch", BPF_JGE, false, { 5, 9 }, { 0, 5 }, { -1, 1 } },
	{ "negative", BPF_JSLT, false, { -4ULL, -1ULL }, { 0, 0 }, { 1, 1 } },
	{ "negative half",
	  BPF_JSLT,
	  true,
	  { -4ULL, -1ULL },
	  { 0, 0 },
	  { 1, 1 } },
	{ "bit is set", BPF_JSET, false, { 8, 11 }, { 8, 8 }, { 1, 1 } },
	{ "no bit is set", BPF_JSET, false, { 0, 7 }, { 8, 8 }, { 0, 0 } },
	{ "bits on the left", BPF_JSET, false, { 8, 8 }, { 0, 7 }, { -1, 0 } },
	{ "half of an unknown number",
	  BPF_JEQ,
	  true,
	  { 7ULL << 32, 7ULL << 32 },
	  { 0, 0 },
	  { 1, 1 } },
	{ "halves differ", BPF_JEQ, false, ANY, { 4, 4 }, { -1, -1 } },
};

static void decisions_are_those_of_the_kernel(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(decisions); i++)
		for (FOR_KERNELS(kernel)) {
			struct scalar dst, src;

			range_scalar(&dst, &decisions[i].dst, kernel);
			range_scalar(&src, &decisions[i].src, kernel);
			print_message("%s, kernel %d\n", decisions[i].what,
				      kernel);
			assert_int_equal(scalar_decide(decisions[i].op,
						       decisions[i].is32, &dst,
						       &src, kernel),
					 decisions[i].want[kernel]);
		}
}

/* Unsigned bounds of both numbers on both branches, as the kernels' own code
 * gives them.
 */
static const struct {
	const char *what;
	unsigned int op;
	bool is32;
	struct range dst, src;
	enum check_kernel kernel;
	struct range taken_dst, taken_src, other_dst, other_src;
} lessons[] = {
	{ "an edge is left out",
	  BPF_JNE,
	  false,
	  { 0, 5 },
	  { 0, 0 },
	  0,
	  { 0, 5 },
	  { 0, 0 },
	  { 0, 0 },
	  { 0, 0 } },
	{ "an edge is left out",
	  BPF_JNE,
	  false,
	  { 0, 5 },
	  { 0, 0 },
	  1,
	  { 1, 5 },
	  { 0, 0 },
	  { 0, 0 },
	  { 0, 0 } },
	{ "two ranges",
	  BPF_JGT,
	  false,
	  { 0, 9 },
	  { 2, 4 },
	  0,
	  { 0, 9 },
	  { 2, 4 },
	  { 0, 9 },
	  { 2, 4 } },
	{ "two ranges",
	  BPF_JGT,
	  false,
	  { 0, 9 },
	  { 2, 4 },
	  1,
	  { 3, 9 },
	  { 2, 4 },
	  { 0, 4 },
	  { 2, 4 } },
	{ "equal ranges",
	  BPF_JEQ,
	  false,
	  { 0, 9 },
	  { 8, 20 },
	  0,
	  { 8, 9 },
	  { 8, 9 },
	  { 0, 9 },
	  { 8, 20 } },
	{ "equal ranges",
	  BPF_JEQ,
	  false,
	  { 0, 9 },
	  { 8, 20 },
	  1,
	  { 8, 9 },
	  { 8, 9 },
	  { 0, 9 },
	  { 8, 20 } },
	{ "constant on the left",
	  BPF_JGT,
	  false,
	  { 3, 3 },
	  ANY,
	  0,
	  { 3, 3 },
	  { 0, 2 },
	  { 3, 3 },
	  { 3, UINT64_MAX } },
	{ "constant on the left",
	  BPF_JGT,
	  false,
	  { 3, 3 },
	  ANY,
	  1,
	  { 3, 3 },
	  { 0, 2 },
	  { 3, 3 },
	  { 3, UINT64_MAX } },
	{ "one bit",
	  BPF_JSET,
	  false,
	  ANY,
	  { 8, 8 },
	  0,
	  { 8, UINT64_MAX },
	  { 8, 8 },
	  { 0, ~8ULL },
	  { 8, 8 } },
	{ "several bits",
	  BPF_JSET,
	  false,
	  { 0, 15 },
	  { 6, 6 },
	  1,
	  { 0, 15 },
	  { 6, 6 },
	  { 0, 9 },
	  { 6, 6 } },
	{ "half",
	  BPF_JLT,
	  true,
	  ANY,
	  { 16, 16 },
	  0,
	  { 0, 0xffffffff0000000f },
	  { 16, 16 },
	  { 0, UINT64_MAX },
	  { 16, 16 } },
	{ "half",
	  BPF_JLT,
	  true,
	  ANY,
	  { 16, 16 },
	  1,
	  { 0, 0xffffffff0000000f },
	  { 16, 16 },
	  { 16, UINT64_MAX },
	  { 16, 16 } },
	{ "sign",
	  BPF_JSGT,
	  false,
	  ANY,
	  { -1ULL, -1ULL },
	  0,
	  { 0, INT64_MAX },
	  { -1ULL, -1ULL },
	  { 1ULL << 63, UINT64_MAX },
	  { -1ULL, -1ULL } },
	{ "sign",
	  BPF_JSGT,
	  false,
	  ANY,
	  { -1ULL, -1ULL },
	  1,
	  { 0, INT64_MAX },
	  { -1ULL, -1ULL },
	  { 1ULL << 63, UINT64_MAX },
	  { -1ULL, -1ULL } },
	/* never true: 6.1 explores it, and keeps bounds without a number */
	{ "impossible",
	  BPF_JGT,
	  false,
	  { 3, 3 },
	  { 5, 9 },
	  0,
	  { 3, 3 },
	  { 5, 2 },
	  { 3, 3 },
	  { 5, 9 } },
};

static void assert_bounds(const struct scalar *s, const struct range *want)
{
	assert_true(s->umin == want->min);
	assert_true(s->umax == want->max);
}

static void lessons_are_those_of_the_kernel(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lessons); i++) {
		struct outcome o = { .op = lessons[i].op,
				     .is32 = lessons[i].is32 };
		struct scalar dst, src;

		range_scalar(&dst, &lessons[i].dst, lessons[i].kernel);
		range_scalar(&src, &lessons[i].src, lessons[i].kernel);
		print_message("%s, kernel %d\n", lessons[i].what,
			      lessons[i].kernel);
		compare(&o, &dst, &src, lessons[i].kernel);
		assert_int_equal(o.decided, -1);
		assert_bounds(&o.taken_dst, &lessons[i].taken_dst);
		assert_bounds(&o.taken_src, &lessons[i].taken_src);
		assert_bounds(&o.other_dst, &lessons[i].other_dst);
		assert_bounds(&o.other_src, &lessons[i].other_src);
	}
}

/* reg_bounds_sanity_check() of 6.12 */
static void bounds_of_an_impossible_branch_are_dropped_in_6_12(void **state)
{
	struct scalar td, ts, od, os;
	const struct range low = { 0, 5 }, high = { 7, 9 };

	(void)state;
	range_scalar(&td, &low, CHECK_KERNEL_6_12);
	range_scalar(&ts, &high, CHECK_KERNEL_6_12);
	od = td;
	os = ts;
	scalar_refine(BPF_JEQ, false, &td, &ts, &od, &os, CHECK_KERNEL_6_12);
	assert_true(td.umin == 0 && td.umax == UINT64_MAX);
	assert_true(td.bits.value == 4 && td.bits.mask == 3);
	assert_true(od.umin == 0 && od.umax == 5);
}

static void equal_numbers_share_what_is_known(void **state)
{
	const struct range low = { 0, 9 }, high = { 8, 20 };
	struct scalar a, b;

	(void)state;
	for (FOR_KERNELS(kernel)) {
		range_scalar(&a, &low, kernel);
		range_scalar(&b, &high, kernel);
		scalar_meet(&a, &b, kernel);
		assert_true(a.umin == 8 && a.umax == 9);
		assert_true(b.umin == 8 && b.umax == 9);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_comparison_loses_a_pair),
		cmocka_unit_test(a_register_may_be_compared_with_itself),
		cmocka_unit_test(decisions_are_those_of_the_kernel),
		cmocka_unit_test(lessons_are_those_of_the_kernel),
		cmocka_unit_test(
			bounds_of_an_impossible_branch_are_dropped_in_6_12),
		cmocka_unit_test(equal_numbers_share_what_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
