/* SPDX-License-Identifier: GPL-2.0-only */
/* What is asked before and after the instructions, and how it is reported. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "check_visit.h"

#define FLAG_HAS_FRAGS (1 << 5)

static void expect(const struct visiting *v, size_t n, enum rule_id rule,
		   int err, const char *words)
{
	const struct check_finding *f = &v->report.findings[n];

	assert_true(n < v->report.finding_count);
	assert_string_equal(f->rule->id, rules[rule].id);
	assert_int_equal(f->err, err);
	assert_string_equal(f->words, words);
}

/* clang-format off */
static const struct {
	const char *what;
	struct code_map map;
	enum rule_id rule; /* RULES: taken */
	int err;
	const char *words;
} maps[] = {
#define MAP(t, k, v, n, f) \
	{ .name = "m", .type = BPF_MAP_TYPE_##t, .key = (k), .value = (v), \
	  .entries = (n), .flags = (f) }
	{ "array", MAP(ARRAY, 4, 56, 1, 0), RULES, 0, NULL },
	{ "per CPU", MAP(PERCPU_ARRAY, 4, 8, 1, 0), RULE_P13, EINVAL, "" },
	{ "no memory beforehand", MAP(HASH, 4, 8, 1, BPF_F_NO_PREALLOC),
	  RULE_P1, EINVAL, "NFP net bpf: map flags are not supported" },
	{ "constants", MAP(ARRAY, 4, 8, 1, BPF_F_RDONLY_PROG | BPF_F_MMAPABLE),
	  RULE_P1, EINVAL, "NFP net bpf: map flags are not supported" },
	{ "a flag of hash tables", MAP(ARRAY, 4, 8, 1, BPF_F_NO_PREALLOC),
	  RULE_P14, EINVAL, "" },
	{ "a flag of arrays", MAP(HASH, 4, 8, 1, BPF_F_MMAPABLE), RULE_P14,
	  EINVAL, "" },
	{ "a flag of other arrays", MAP(ARRAY, 4, 8, 1, BPF_F_PRESERVE_ELEMS),
	  RULE_P14, EINVAL, "" },
	{ "a flag of the least recently used",
	  MAP(HASH, 4, 8, 1, BPF_F_NO_COMMON_LRU), RULE_P14, EINVAL, "" },
	{ "the descriptor reads", MAP(HASH, 4, 8, 1, BPF_F_RDONLY), RULES, 0,
	  NULL },
	{ "the descriptor writes", MAP(ARRAY, 4, 8, 1, BPF_F_WRONLY), RULES, 0,
	  NULL },
	{ "the descriptor does neither",
	  MAP(ARRAY, 4, 8, 1, BPF_F_RDONLY | BPF_F_WRONLY), RULE_P14, EINVAL,
	  "" },
	{ "the program does neither",
	  MAP(HASH, 4, 8, 1, BPF_F_RDONLY_PROG | BPF_F_WRONLY_PROG), RULE_P14,
	  EINVAL, "" },
	{ "no key", MAP(HASH, 0, 8, 1, 0), RULE_P14, EINVAL, "" },
	{ "no value", MAP(HASH, 4, 0, 1, 0), RULE_P14, EINVAL, "" },
	{ "no entry", MAP(HASH, 4, 8, 0, 0), RULE_P14, EINVAL, "" },
	{ "array without value", MAP(ARRAY, 4, 0, 1, 0), RULE_P14, EINVAL,
	  "" },
	{ "array without entry", MAP(ARRAY, 4, 8, 0, 0), RULE_P14, EINVAL,
	  "" },
	{ "array with a long key", MAP(ARRAY, 8, 8, 1, 0), RULE_P14, EINVAL,
	  "" },
	{ "array of 2 GiB", MAP(ARRAY, 4, 0x80000000, 1, 0), RULE_P14, E2BIG,
	  "" },
	{ "array of less", MAP(ARRAY, 4, 0x7fffffff, 1, 0), RULE_P5, ENOMEM,
	  "NFP net bpf: map elements too large: 2147483656, FW max element "
	  "size (key+value): 64" },
	{ "an element of 4 MiB", MAP(HASH, 8, (4 << 20) - 56, 1, 0), RULE_P14,
	  E2BIG, "" },
	{ "an element of less", MAP(HASH, 8, (4 << 20) - 57, 1, 0), RULE_P5,
	  ENOMEM,
	  "NFP net bpf: map elements too large: 4194256, FW max element size "
	  "(key+value): 64" },
	{ "events", MAP(PERF_EVENT_ARRAY, 4, 4, 0, BPF_F_PRESERVE_ELEMS),
	  RULES, 0, NULL },
	{ "events of 8 bytes", MAP(PERF_EVENT_ARRAY, 4, 8, 0, 0), RULE_P14,
	  EINVAL, "" },
	{ "events by a long key", MAP(PERF_EVENT_ARRAY, 8, 4, 0, 0), RULE_P14,
	  EINVAL, "" },
	{ "events that nobody writes",
	  MAP(PERF_EVENT_ARRAY, 4, 4, 0, BPF_F_RDONLY_PROG), RULE_P14, EINVAL,
	  "" },
	{ "all entries", MAP(ARRAY, 4, 8, 2048000, 0), RULES, 0, NULL },
	{ "one more", MAP(ARRAY, 4, 8, 2048001, 0), RULE_P4, ENOMEM,
	  "NFP net bpf: map with too many elements: 2048001, left: 2048000" },
	{ "large", MAP(HASH, 16, 56, 1, 0), RULE_P5, ENOMEM,
	  "NFP net bpf: map elements too large: 72, FW max element size "
	  "(key+value): 64" },
	{ "key and value as large as can be", MAP(HASH, 8, 56, 1, 0), RULES, 0,
	  NULL },
	{ "a sum that overflows", MAP(HASH, UINT32_MAX, 8, 1, 0), RULE_P14,
	  E2BIG, "" },
};

/* clang-format on */

static void maps_fit_the_firmware(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(maps); i++) {
		struct visiting v;

		print_message("%s\n", maps[i].what);
		visit_start(&v);
		v.maps[1] = maps[i].map;
		driver_check_maps(&v.c);
		assert_int_equal(v.report.finding_count, maps[i].words != NULL);
		if (maps[i].words) {
			expect(&v, 0, maps[i].rule, maps[i].err, maps[i].words);
			assert_string_equal(v.report.findings[0].map, "m");
			assert_int_equal(v.report.findings[0].insn, -1);
		}
		visit_end(&v);
	}
}

static void keys_and_values_have_limits_of_their_own(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.profile.max_element = 72;
	v.maps[1].type = BPF_MAP_TYPE_HASH;
	v.maps[1].key = 57;
	v.maps[1].value = 8;
	driver_check_maps(&v.c);
	expect(&v, 0, RULE_P6, ENOMEM,
	       "NFP net bpf: map key size 57, FW max is 56");
	visit_end(&v);

	visit_start(&v);
	v.profile.max_element = 72;
	v.maps[1].value = 57;
	driver_check_maps(&v.c);
	expect(&v, 0, RULE_P7, ENOMEM,
	       "NFP net bpf: map value size 57, FW max is 56");
	visit_end(&v);
}

static void maps_share_the_card(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.maps[0] = v.maps[1];
	v.maps[0].entries = 2048000;
	driver_check_maps(&v.c);
	assert_int_equal(v.report.finding_count, 1);
	expect(&v, 0, RULE_P4, ENOMEM,
	       "NFP net bpf: map with too many elements: 1, left: 0");
	visit_end(&v);

	visit_start(&v);
	v.maps[0] = v.maps[1];
	v.profile.max_maps = 1;
	driver_check_maps(&v.c);
	expect(&v, 0, RULE_P3, ENOMEM,
	       "NFP net bpf: too many maps for a device");
	visit_end(&v);
}

static void types_of_maps_are_the_firmware_s(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.profile.map_array = false;
	driver_check_maps(&v.c);
	expect(&v, 0, RULE_P2, EOPNOTSUPP,
	       "NFP net bpf: map type not supported");
	visit_end(&v);

	visit_start(&v);
	v.profile.map_array = false;
	v.profile.map_hash = false;
	driver_check_maps(&v.c);
	expect(&v, 0, RULE_P0, EOPNOTSUPP, "");
	visit_end(&v);
}

static void loading_asks_type_flags_and_length(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	driver_check_load(&v.c);
	assert_int_equal(v.report.finding_count, 0);
	v.code.insn_count = 1000001;
	v.code.type = BPF_PROG_TYPE_KPROBE;
	v.code.prog_flags = FLAG_HAS_FRAGS;
	v.profile.app = PROFILE_APP_NIC;
	driver_check_load(&v.c);
	assert_int_equal(v.report.finding_count, 4);
	expect(&v, 0, RULE_L4, E2BIG, "");
	expect(&v, 1, RULE_L1, EINVAL, "");
	expect(&v, 2, RULE_L2, EINVAL, "");
	expect(&v, 3, RULE_L3, EINVAL, "");
	visit_end(&v);
}

static void more_than_16_bits_of_instructions_are_open(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.code.insn_count = 65536;
	driver_check_load(&v.c);
	assert_int_equal(v.report.finding_count, 0);
	v.code.insn_count = 1000000;
	driver_check_load(&v.c);
	assert_int_equal(v.report.finding_count, 1);
	assert_true(v.report.findings[0].undecided);
	visit_end(&v);
}

static const struct {
	const char *what;
	unsigned int main, callee; /* bytes; callee 0: no call */
	bool pushes;
	unsigned int stack;
} stacks[] = {
	{ "none", 0, 0, false, 0 },
	{ "main alone", 512, 0, false, 512 },
	{ "rounded", 1, 0, false, 64 },
	{ "the way back", 64, 61, false, 192 },
	{ "it just fits", 64, 60, false, 128 },
	{ "saved registers", 64, 29, true, 192 },
	{ "they just fit", 64, 28, true, 128 },
	{ "too much", 448, 61, false, 576 },
};

static void stacks_add_up(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(stacks); i++) {
		struct visiting v;

		print_message("%s\n", stacks[i].what);
		visit_start(&v);
		v.subprog[0].stack = stacks[i].main;
		if (stacks[i].callee) {
			v.facts.subprog_count = 2;
			v.subprog[0].end = 2;
			v.subprog[1].start = 2;
			v.subprog[1].end = 4;
			v.subprog[1].stack = stacks[i].callee;
			v.subprog[1].pushes = stacks[i].pushes;
			v.insns[0].code = BPF_JMP | BPF_CALL;
			v.insns[0].src_reg = BPF_PSEUDO_CALL;
			v.insns[0].imm = 1;
		}
		driver_check_finalize(&v.d);
		assert_int_equal(driver_stack(&v.d), stacks[i].stack);
		assert_int_equal(v.report.finding_count, stacks[i].stack > 512);
		if (stacks[i].stack > 512)
			expect(&v, 0, RULE_S1, EOPNOTSUPP,
			       "[nfp] stack too large: program 576B > FW stack "
			       "512B");
		visit_end(&v);
	}
}

/* Any field that could be a destination counts, also of what is never
 * reached.
 */
static void functions_that_name_r6_to_r9_save_them(void **state)
{
	(void)state;
	for (unsigned int reg = BPF_REG_0; reg <= BPF_REG_10; reg++) {
		struct visiting v;

		visit_start(&v);
		v.facts.subprog_count = 2;
		v.subprog[0].end = 2;
		v.subprog[1].start = 2;
		v.subprog[1].end = 4;
		v.insns[0] = (struct bpf_insn){ BPF_JMP | BPF_CALL, 0,
						BPF_PSEUDO_CALL, 0, 1 };
		v.insns[1].dst_reg = BPF_REG_6;
		v.insns[3].dst_reg = reg;
		driver_check_finalize(&v.d);
		assert_int_equal(v.subprog[1].pushes,
				 reg >= BPF_REG_6 && reg <= BPF_REG_9);
		visit_end(&v);
	}
}

static const struct {
	const char *what;
	unsigned int window, mtu;
	bool refused;
} windows[] = {
	{ "headers, any MTU", 41, 9000, false },
	{ "the last byte", 1888, 9000, false },
	{ "one more", 1889, 9000, true },
	{ "no frame is that long", 1889, 1888, false },
	{ "nor would it fit", 9000, 1889, true },
};

static void frames_are_seen_up_to_the_window(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(windows); i++) {
		struct visiting v;

		print_message("%s\n", windows[i].what);
		visit_start(&v);
		v.facts.window = windows[i].window;
		v.c.mtu = windows[i].mtu;
		driver_check_attach(&v.d, 2560);
		assert_int_equal(v.report.finding_count, windows[i].refused);
		if (windows[i].refused)
			expect(&v, 0, RULE_H5, EOPNOTSUPP,
			       "nfp: BPF offload not supported with potential "
			       "packet access beyond HW packet split boundary");
		visit_end(&v);
	}
}

static void programs_of_device_maps_attach_to_no_port(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.code.attach = BPF_XDP_DEVMAP;
	driver_check_attach(&v.d, 2561);
	expect(&v, 0, RULE_H3, EINVAL,
	       "BPF_XDP_DEVMAP programs can not be attached to a device");
	expect(&v, 1, RULE_H7, EOPNOTSUPP, "nfp: program too long");
	visit_end(&v);
}

static void findings_are_in_the_order_of_stages(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	finding_add(&v.c, RULE_J7, 3, 0, NULL);
	finding_add(&v.c, RULE_M8, 2, 0, "second %d", 2);
	finding_add(&v.c, RULE_L1, -1, 0, NULL);
	finding_add(&v.c, RULE_M7, 1, EINVAL, "third");
	finding_map(&v.c, RULE_P1, &v.maps[1], 0, NULL);
	assert_int_equal(v.report.finding_count, 5);
	expect(&v, 0, RULE_P1, EINVAL, "");
	expect(&v, 1, RULE_L1, EINVAL, "");
	expect(&v, 2, RULE_M8, EOPNOTSUPP, "second 2");
	expect(&v, 3, RULE_M7, EINVAL, "third");
	expect(&v, 4, RULE_J7, 0, "");
	visit_end(&v);
}

static void a_rule_is_told_once_for_an_instruction(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	assert_non_null(finding_add(&v.c, RULE_M8, 2, 0, "first"));
	assert_null(finding_add(&v.c, RULE_M8, 2, 0, "again"));
	assert_null(finding_undecided(&v.c, RULE_M8, 2, NULL));
	assert_non_null(finding_add(&v.c, RULE_M8, 3, 0, "elsewhere"));
	assert_non_null(finding_map(&v.c, RULE_P1, &v.maps[0], 0, NULL));
	assert_non_null(finding_map(&v.c, RULE_P1, &v.maps[1], 0, NULL));
	assert_null(finding_map(&v.c, RULE_P1, &v.maps[1], 0, NULL));
	assert_int_equal(v.report.finding_count, 4);
	visit_end(&v);
}

static void what_is_certain_replaces_what_was_open(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	assert_non_null(finding_undecided(&v.c, RULE_M8, 2, NULL));
	assert_true(v.report.findings[0].undecided);
	assert_null(finding_undecided(&v.c, RULE_M8, 2, NULL));
	assert_non_null(finding_add(&v.c, RULE_M8, 2, 0, "certain"));
	assert_int_equal(v.report.finding_count, 1);
	assert_false(v.report.findings[0].undecided);
	expect(&v, 0, RULE_M8, EOPNOTSUPP, "certain");
	visit_end(&v);
}

static void findings_name_the_source_line(void **state)
{
	struct code_line lines[] = {
		{ .insn = 0, .line = 7, .file = "a.c", .text = "first();" },
		{ .insn = 2, .line = 9, .file = "a.c", .text = "second();" },
	};
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.code.lines = lines;
	v.code.line_count = ARRAY_SIZE(lines);
	finding_add(&v.c, RULE_M8, 3, 0, NULL);
	assert_int_equal(v.report.findings[0].line, 9);
	assert_string_equal(v.report.findings[0].file, "a.c");
	assert_string_equal(v.report.findings[0].source, "second();");
	visit_end(&v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_fit_the_firmware),
		cmocka_unit_test(keys_and_values_have_limits_of_their_own),
		cmocka_unit_test(maps_share_the_card),
		cmocka_unit_test(types_of_maps_are_the_firmware_s),
		cmocka_unit_test(loading_asks_type_flags_and_length),
		cmocka_unit_test(more_than_16_bits_of_instructions_are_open),
		cmocka_unit_test(stacks_add_up),
		cmocka_unit_test(functions_that_name_r6_to_r9_save_them),
		cmocka_unit_test(frames_are_seen_up_to_the_window),
		cmocka_unit_test(programs_of_device_maps_attach_to_no_port),
		cmocka_unit_test(findings_are_in_the_order_of_stages),
		cmocka_unit_test(a_rule_is_told_once_for_an_instruction),
		cmocka_unit_test(what_is_certain_replaces_what_was_open),
		cmocka_unit_test(findings_name_the_source_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
