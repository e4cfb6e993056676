/* SPDX-License-Identifier: GPL-2.0-only */
/* Whole programs, without files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "check/check_code.h"
#include "profile.h"

/* clang-format off */
#define INSN(c, d, s, o, i) \
	{ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) }
#define RETURN(n)	INSN(0xb7, 0, 0, 0, n), INSN(0x95, 0, 0, 0, 0)
#define STORE(off)	INSN(0x7a, 10, 0, off, 0)

static const struct {
	const char *what;
	struct bpf_insn insns[4];
	unsigned int insn_count;
	const char *profile; /* NULL: the default */
	enum check_verdict verdict;
	const char *rule; /* the first finding's, or NULL */
	unsigned int words;
} cases[] = {
	{ "pass", { RETURN(2) }, 2, NULL, CHECK_ACCEPTED, NULL, 26 },
	{ "redirect", { RETURN(4) }, 2, NULL, CHECK_REFUSED, "J7", 26 },
	{ "the clock", { INSN(0x85, 0, 0, 0, 5), RETURN(2) }, 3, NULL,
	  CHECK_REFUSED, "F0", 0 },
	{ "a stored constant", { STORE(-8), RETURN(2) }, 3, NULL,
	  CHECK_REFUSED, "T1", 0 },
	{ "no firmware for it", { RETURN(2) }, 2, "nic-2.1", CHECK_REFUSED,
	  "L3", 0 },
	{ "nothing", { RETURN(2) }, 0, NULL, CHECK_REFUSED, "L4", 0 },
};

/* clang-format on */

static void start_code(struct code *code, size_t i)
{
	*code = (struct code){
		.name = "prog",
		.section = "xdp",
		.type = BPF_PROG_TYPE_XDP,
		.gpl = true,
		.insns = (struct bpf_insn *)cases[i].insns,
		.insn_count = cases[i].insn_count,
	};
}

static void verdicts_follow_from_findings(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct check_options options = { 0 };
		struct check_report r;
		struct code code;

		print_message("%s\n", cases[i].what);
		start_code(&code, i);
		if (cases[i].profile)
			options.profile = profile_find(cases[i].profile);
		assert_int_equal(check_code(&code, &options, &r), 0);
		assert_int_equal(r.verdict, cases[i].verdict);
		assert_int_equal(r.words, cases[i].words);
		assert_int_equal(r.costed, cases[i].words > 0);
		assert_int_equal(r.insn_count, cases[i].insn_count);
		assert_string_equal(r.name, "prog");
		assert_int_equal(r.finding_count > 0, cases[i].rule != NULL);
		if (cases[i].rule)
			assert_string_equal(r.findings[0].rule->id,
					    cases[i].rule);
		check_report_clear(&r);
		assert_null(r.findings);
	}
}

static void maps_and_entries_are_those_on_the_card(void **state)
{
	struct code_map maps[] = {
		{ .type = BPF_MAP_TYPE_PERF_EVENT_ARRAY,
		  .key = 4,
		  .value = 4,
		  .entries = 8 },
		{ .type = BPF_MAP_TYPE_ARRAY,
		  .key = 4,
		  .value = 8,
		  .entries = 3 },
		{ .type = BPF_MAP_TYPE_HASH,
		  .key = 4,
		  .value = 8,
		  .entries = 5 },
	};
	struct check_options options = { 0 };
	struct check_report r;
	struct code code;

	(void)state;
	start_code(&code, 0);
	code.maps = maps;
	code.map_count = ARRAY_SIZE(maps);
	assert_int_equal(check_code(&code, &options, &r), 0);
	assert_int_equal(r.verdict, CHECK_ACCEPTED);
	assert_int_equal(r.maps, 2);
	assert_int_equal(r.entries, 8);
	check_report_clear(&r);
}

static void a_map_without_value_keeps_the_program_out(void **state)
{
	struct code_map map = { .type = BPF_MAP_TYPE_HASH, .key = 4 };
	struct check_options options = { 0 };
	struct check_report r;
	struct code code;

	(void)state;
	start_code(&code, 0);
	code.maps = &map;
	code.map_count = 1;
	assert_int_equal(check_code(&code, &options, &r), 0);
	assert_int_equal(r.verdict, CHECK_REFUSED);
	assert_string_equal(r.findings[0].rule->id, "P14");
	check_report_clear(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_follow_from_findings),
		cmocka_unit_test(maps_and_entries_are_those_on_the_card),
		cmocka_unit_test(a_map_without_value_keeps_the_program_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
