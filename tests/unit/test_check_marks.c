/* SPDX-License-Identifier: GPL-2.0-only */
/* What the driver notes from visit to visit, and what it does not say. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "check/driver_insn.h"
#include "check_visit.h"

/* clang-format off */
#define INSN(c, d, s, o, i) \
	((struct bpf_insn){ .code = (c), .dst_reg = (d), .src_reg = (s), \
			    .off = (o), .imm = (i) })
#define HOLD(v, r, ...)	visit_hold(v, &(struct holds){ .reg = (r), __VA_ARGS__ })
/* clang-format on */

static int load(struct visiting *v, unsigned int n, int off)
{
	HOLD(v, 1, .type = REG_MAP_VALUE, .off = off, .in_map = true);
	return visit_at(v, n, INSN(BPF_LDX | BPF_MEM | BPF_W, 0, 1, 0, 0));
}

static int count(struct visiting *v, unsigned int n, int off)
{
	HOLD(v, 1, .type = REG_MAP_VALUE, .off = off, .in_map = true);
	HOLD(v, 2, .type = REG_SCALAR, .value = 1);
	return visit_at(v, n,
			INSN(BPF_STX | BPF_ATOMIC | BPF_DW, 1, 2, 0, BPF_ADD));
}

static int update(struct visiting *v, unsigned int n)
{
	HOLD(v, 1, .type = REG_MAP, .in_map = true);
	HOLD(v, 2, .type = REG_STACK, .off = -32);
	HOLD(v, 3, .type = REG_STACK, .off = -24);
	return visit_at(v, n,
			INSN(BPF_JMP | BPF_CALL, 0, 0, 0,
			     BPF_FUNC_map_update_elem));
}

static void expect_words(const struct visiting *v, enum rule_id rule,
			 const char *words)
{
	assert_int_equal(v->report.finding_count, 1);
	assert_string_equal(v->report.findings[0].rule->id, rules[rule].id);
	assert_string_equal(v->report.findings[0].words, words);
	assert_string_equal(v->report.findings[0].map, "counters");
	assert_int_equal(v->report.findings[0].err, EOPNOTSUPP);
}

static void a_word_is_read_or_counted(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	assert_int_equal(load(&v, 0, 4), 0);
	assert_int_equal(count(&v, 1, 8), 0);
	assert_int_equal(count(&v, 2, 0), -1);
	expect_words(&v, RULE_M9,
		     "[nfp] map value use type conflict read vs atomic off: 4");
	visit_end(&v);

	visit_start(&v);
	assert_int_equal(count(&v, 0, 8), 0);
	assert_int_equal(load(&v, 1, 12), -1);
	expect_words(&v, RULE_M9,
		     "[nfp] map value use type conflict atomic vs read off: "
		     "12");
	visit_end(&v);
}

static void marks_stay_where_the_rest_is_refused(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	HOLD(&v, 1, .type = REG_PACKET);
	visit_at(&v, 0, INSN(BPF_LDX | BPF_MEM | BPF_W, 0, 1, 0, 0));
	assert_int_equal(load(&v, 0, 0), -1);
	assert_int_equal(v.report.finding_count, 1);
	assert_int_equal(v.fact[0].ptr.type, REG_PACKET);
	assert_int_equal(count(&v, 1, 0), -1);
	assert_int_equal(v.report.finding_count, 2);
	assert_ptr_equal(v.report.findings[1].rule, &rules[RULE_M9]);
	visit_end(&v);
}

static void an_updated_counter_may_not_be_zero(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	memset(v.stack[1].types, SLOT_MISC, 8);
	memset(v.stack[2].types, SLOT_MISC, 8);
	assert_int_equal(update(&v, 0), 0);
	assert_int_equal(count(&v, 1, 0), -1);
	expect_words(&v, RULE_M10,
		     "[nfp] atomic counter in map value may already be "
		     "initialized to non-zero value off: 0");
	visit_end(&v);

	visit_start(&v);
	memset(v.stack[1].types, SLOT_MISC, 8);
	memset(v.stack[2].types, SLOT_ZERO, 8);
	assert_int_equal(count(&v, 0, 8), 0);
	assert_int_equal(update(&v, 1), -1);
	expect_words(&v, RULE_F2,
		     "[nfp] value at offset 8/15 may be non-zero, "
		     "bpf_map_update_elem() is required to initialize atomic "
		     "counters to zero to avoid offload endian issues");
	visit_end(&v);
}

static void zeros_may_be_written_into_counters(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	memset(v.stack[1].types, SLOT_ZERO, 8);
	memset(v.stack[2].types, SLOT_ZERO, 8);
	assert_int_equal(update(&v, 0), 0);
	assert_int_equal(count(&v, 1, 0), 0);
	assert_int_equal(update(&v, 2), 0);
	assert_int_equal(v.report.finding_count, 0);
	visit_end(&v);
}

static void a_spilled_zero_is_the_kernel_s_fault(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	for (unsigned int i = 1; i < 3; i++) {
		memset(v.stack[i].types, SLOT_SPILL, 8);
		v.stack[i].reg.type = REG_SCALAR;
		scalar_const(&v.stack[i].reg.var, 0);
	}
	assert_int_equal(update(&v, 0), 0);
	assert_int_equal(count(&v, 1, 0), -1);
	expect_words(&v, RULE_V1,
		     "[nfp] atomic counter in map value may already be "
		     "initialized to non-zero value off: 0");
	visit_end(&v);
}

static void addends_are_16_bits_or_not(void **state)
{
	static const struct {
		uint64_t value, mask;
		bool over, maybe;
	} cases[] = {
		{ 1, 0, false, true },
		{ 0, 0xffff, false, true },
		{ 0x10000, 0, true, false },
		{ 0, 0x1ffff, true, true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct visiting v;

		visit_start(&v);
		HOLD(&v, 1, .type = REG_MAP_VALUE, .in_map = true);
		HOLD(&v, 2, .type = REG_SCALAR, .value = cases[i].value,
		     .mask = cases[i].mask);
		visit_at(&v, 0,
			 INSN(BPF_STX | BPF_ATOMIC | BPF_W, 1, 2, 0, BPF_ADD));
		assert_int_equal(v.fact[0].xadd_over_16bit, cases[i].over);
		assert_int_equal(v.fact[0].xadd_maybe_16bit, cases[i].maybe);
		visit_end(&v);
	}
}

static void adjust_head(struct visiting *v, unsigned int n, uint64_t by)
{
	HOLD(v, 2, .type = REG_SCALAR, .value = by);
	assert_int_equal(visit_at(v, n,
				  INSN(BPF_JMP | BPF_CALL, 0, 0, 0,
				       BPF_FUNC_xdp_adjust_head)),
			 0);
}

static void one_constant_adjust_head_is_simple(void **state)
{
	static const struct {
		int by;
		bool simple;
	} cases[] = {
		{ -84, true },
		{ -85, false },
		{ 46, true },
		{ 47, false },
	};
	struct visiting v;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		visit_start(&v);
		adjust_head(&v, 1, (uint64_t)(int64_t)cases[i].by);
		assert_int_equal(v.facts.adjust_head,
				 cases[i].simple ? 1 : UINT32_MAX);
		visit_end(&v);
	}
	visit_start(&v);
	adjust_head(&v, 1, 14);
	adjust_head(&v, 1, 14);
	assert_int_equal(v.facts.adjust_head, 1);
	adjust_head(&v, 1, 18);
	assert_int_equal(v.facts.adjust_head, UINT32_MAX);
	adjust_head(&v, 1, 14);
	assert_int_equal(v.facts.adjust_head, UINT32_MAX);
	visit_end(&v);

	visit_start(&v);
	adjust_head(&v, 1, 14);
	adjust_head(&v, 2, 14);
	assert_int_equal(v.facts.adjust_head, UINT32_MAX);
	visit_end(&v);
}

static void a_moving_key_is_noted(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	for (int off = -8; off >= -16; off -= 8) {
		HOLD(&v, 1, .type = REG_MAP, .in_map = true);
		HOLD(&v, 2, .type = REG_STACK, .off = off);
		visit_at(&v, 0,
			 INSN(BPF_JMP | BPF_CALL, 0, 0, 0,
			      BPF_FUNC_map_lookup_elem));
		assert_int_equal(v.fact[0].arg2_varies, off != -8);
		assert_int_equal(v.fact[0].arg2.off, off);
	}
	visit_end(&v);
}

static void results_are_actions(void **state)
{
	static const struct {
		uint64_t value, mask;
		unsigned int frame, subprog;
		bool told;
	} cases[] = {
		{ 3, 0, 0, 0, false }, { 4, 0, 0, 0, true },
		{ 0, 3, 0, 0, false }, { 0, 7, 0, 0, true },
		{ 4, 0, 1, 1, false }, { 4, 0, 0, 1, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct visiting v;

		visit_start(&v);
		v.s.current = cases[i].frame;
		v.frames[cases[i].frame].subprog = cases[i].subprog;
		HOLD(&v, 0, .type = REG_SCALAR, .value = cases[i].value,
		     .mask = cases[i].mask);
		assert_int_equal(visit_at(&v, 1,
					  INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)),
				 0);
		v.facts.subprog_count = 2;
		v.subprog[0].end = cases[i].subprog ? 1 : 4;
		v.subprog[1].start = v.subprog[0].end;
		v.subprog[1].end = 4;
		driver_check_results(&v.d, &v.facts);
		assert_int_equal(v.report.finding_count, cases[i].told);
		if (cases[i].told)
			assert_ptr_equal(v.report.findings[0].rule,
					 &rules[RULE_J7]);
		visit_end(&v);
	}
}

static void signs_of_cpu_v4_are_lost(void **state)
{
	static const struct {
		struct bpf_insn insn;
		bool told;
	} cases[] = {
		{ { .code = 0xbf, .off = 8 }, true },
		{ { .code = 0xbf, .off = 32 }, true },
		{ { .code = 0xbc, .off = 16 }, true },
		{ { .code = 0xbc, .off = 32 }, false },
		{ { .code = 0x34, .off = 1, .imm = 3 }, true },
		{ { .code = 0xbf, .off = 0 }, false },
	};

	(void)state;
	for (int kernel = CHECK_KERNEL_6_1; kernel <= CHECK_KERNEL_6_12;
	     kernel++)
		for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
			struct visiting v;

			visit_start(&v);
			v.c.kernel = kernel;
			HOLD(&v, 0, .type = REG_SCALAR, .value = 9);
			assert_int_equal(visit_at(&v, 0, cases[i].insn), 0);
			assert_int_equal(v.report.finding_count,
					 kernel == CHECK_KERNEL_6_12 &&
						 cases[i].told);
			visit_end(&v);
		}
}

static void caller_s_stack_is_noted(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.s.current = 1;
	HOLD(&v, 1, .type = REG_STACK, .off = -8, .frame = 1);
	visit_at(&v, 0, INSN(BPF_LDX | BPF_MEM | BPF_W, 0, 1, 0, 0));
	assert_false(v.fact[0].caller_frame);
	HOLD(&v, 1, .type = REG_STACK, .off = -16, .frame = 0);
	visit_at(&v, 0, INSN(BPF_LDX | BPF_MEM | BPF_W, 0, 1, 0, 0));
	assert_true(v.fact[0].caller_frame);
	assert_true(v.fact[0].ptr_not_const);
	assert_int_equal(v.report.finding_count, 0);
	visit_end(&v);
}

/* Two loads, of which the second goes through the same pointer at the last
 * visit, and through another one before.
 */
static void load_packet(struct visiting *v, unsigned int n, unsigned int reg,
			int off, unsigned int id)
{
	HOLD(v, reg, .type = REG_PACKET, .off = off);
	state_reg(&v->s, reg)->id = id;
	assert_int_equal(
		visit_at(v, n, INSN(BPF_LDX | BPF_MEM | BPF_B, 0, reg, 0, 0)),
		0);
}

static const struct {
	const char *what;
	int first, second;     /* offsets of the second load, by visit */
	unsigned char between; /* opcode of the instruction in between */
	bool told;
} shared[] = {
	{ "the same always", 14, 14, 0xbf, false },
	{ "the same at last", 20, 14, 0xbf, true },
	{ "another at last", 14, 20, 0xbf, false },
	{ "a call in between", 20, 14, 0x85, false },
	{ "jumped to in between", 20, 14, 0x05, false },
};

static void loads_share_only_what_is_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(shared); i++) {
		struct bpf_insn insn = { .code = shared[i].between,
					 .imm = BPF_FUNC_get_prandom_u32 };
		struct visiting v;

		print_message("%s\n", shared[i].what);
		visit_start(&v);
		v.insns[1] = insn;
		driver_end(&v.d);
		assert_int_equal(driver_start(&v.d, &v.c, &v.facts), 0);
		load_packet(&v, 0, 1, 14, 0);
		visit_at(&v, 1, insn);
		load_packet(&v, 2, 2, shared[i].first, 0);
		load_packet(&v, 0, 1, 14, 0);
		visit_at(&v, 1, insn);
		load_packet(&v, 2, 2, shared[i].second, 0);
		driver_check_cache(&v.d);
		assert_int_equal(v.report.finding_count, shared[i].told);
		if (shared[i].told) {
			assert_ptr_equal(v.report.findings[0].rule,
					 &rules[RULE_U1]);
			assert_int_equal(v.report.findings[0].insn, 2);
		}
		visit_end(&v);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_read_or_counted),
		cmocka_unit_test(marks_stay_where_the_rest_is_refused),
		cmocka_unit_test(an_updated_counter_may_not_be_zero),
		cmocka_unit_test(zeros_may_be_written_into_counters),
		cmocka_unit_test(a_spilled_zero_is_the_kernel_s_fault),
		cmocka_unit_test(addends_are_16_bits_or_not),
		cmocka_unit_test(one_constant_adjust_head_is_simple),
		cmocka_unit_test(a_moving_key_is_noted),
		cmocka_unit_test(results_are_actions),
		cmocka_unit_test(signs_of_cpu_v4_are_lost),
		cmocka_unit_test(caller_s_stack_is_noted),
		cmocka_unit_test(loads_share_only_what_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
