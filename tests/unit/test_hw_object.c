/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The card's variant contains nothing that hw_scan.h forbids, and the scanner
 * finds each of those things where it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <linux/bpf.h>

#include "array.h"
#include "hw_scan.h"

static struct bpf_object *open_object(const char *file)
{
	struct bpf_object *obj;
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", getenv("BUILD") ?: "build", file);
	obj = bpf_object__open_file(path, NULL);
	if (!obj)
		fail_msg("%s does not open", path);
	return obj;
}

static void check_nothing_found(const char *file, bool tracing)
{
	struct bpf_object *obj = open_object(file);
	struct hw_findings found;

	assert_int_equal(hw_scan_object(obj, tracing, &found), 0);
	for (size_t i = 0; i < found.n && i < HW_MAX_FINDINGS; i++)
		print_message("%s: %s, instruction %d\n", found.list[i].name,
			      hw_rule_text(found.list[i].rule),
			      found.list[i].insn);
	assert_int_equal(found.n, 0);
	bpf_object__close(obj);
}

static void the_cards_variant_breaks_no_rule(void **state)
{
	(void)state;
	check_nothing_found("bpf/echo_hw.bpf.o", false);
}

static void its_tracing_build_breaks_no_rule(void **state)
{
	(void)state;
	check_nothing_found("bpf/echo_hw_trace.bpf.o", true);
}

static void the_hosts_variants_break_rules(void **state)
{
	struct bpf_object *obj = open_object("bpf/echo_xdp.bpf.o");
	struct hw_findings found;

	(void)state;
	assert_int_equal(hw_scan_object(obj, false, &found), 0);
	assert_true(found.n > 0);
	bpf_object__close(obj);
}

/* What is found first under a name; others may follow from it. */
struct expected {
	const char *name;
	enum hw_rule rule;
};

static enum hw_rule rule_for(const struct hw_findings *found, const char *name)
{
	for (size_t i = 0; i < found->n; i++)
		if (!strcmp(found->list[i].name, name))
			return found->list[i].rule;
	return HW_RULES;
}

static void check_found(const char *file, bool tracing,
			const struct expected *rows, size_t n)
{
	struct bpf_object *obj = open_object(file);
	struct hw_findings found;

	assert_int_equal(hw_scan_object(obj, tracing, &found), 0);
	assert_true(found.n <= HW_MAX_FINDINGS);
	for (size_t i = 0; i < n; i++) {
		enum hw_rule rule = rule_for(&found, rows[i].name);

		if (rule != rows[i].rule)
			fail_msg("%s: found \"%s\"", rows[i].name,
				 rule < HW_RULES ? hw_rule_text(rule) : "");
	}
	bpf_object__close(obj);
}

static void maps_that_no_card_takes_are_found(void **state)
{
	static const struct expected rows[] = {
		{ "good_array", HW_RULES },
		{ "good_hash", HW_RULES },
		{ "good_large_key", HW_RULES },
		{ "good", HW_RULES },
		{ "type_percpu_array", HW_MAP_TYPE },
		{ "type_percpu_hash", HW_MAP_TYPE },
		{ "type_lru", HW_MAP_TYPE },
		{ "type_ring", HW_MAP_TYPE },
		{ "type_prog_array", HW_MAP_TYPE },
		{ "type_events", HW_MAP_TYPE },
		{ "size_key", HW_MAP_SIZE },
		{ "size_value", HW_MAP_SIZE },
		{ "size_sum", HW_MAP_SIZE },
		{ "flags_no_prealloc", HW_MAP_FLAGS },
		{ "flags_read_only", HW_MAP_FLAGS },
	};
	static const struct expected tracing = { "type_events", HW_RULES };

	(void)state;
	check_found("tests/unit/bad_maps.bpf.o", false, rows, ARRAY_SIZE(rows));
	check_found("tests/unit/bad_maps.bpf.o", true, &tracing, 1);
}

/* libbpf names these maps after the object, and cuts that name. */
static void global_data_is_found(void **state)
{
	static const struct expected rows[] = {
		{ "bad_glob.rodata", HW_GLOBAL_DATA },
		{ "bad_glob.data", HW_GLOBAL_DATA },
		{ "bad_glob.bss", HW_GLOBAL_DATA },
	};

	(void)state;
	check_found("tests/unit/bad_globals.bpf.o", false, rows,
		    ARRAY_SIZE(rows));
}

static void programs_that_no_card_takes_are_found(void **state)
{
	static const struct expected rows[] = {
		{ "good", HW_RULES },
		{ "frags", HW_PROGRAM_TYPE },
		{ "wrong_type", HW_PROGRAM_TYPE },
		{ "helper_time", HW_HELPER },
		{ "helper_frame_length", HW_HELPER },
		{ "helper_random", HW_HELPER },
		{ "tail_call", HW_HELPER },
		{ "call", HW_CALL },
		{ "little_endian", HW_LITTLE_ENDIAN },
		{ "atomic_result", HW_ATOMIC },
		{ "atomic_or", HW_ATOMIC },
		{ "atomic_target", HW_ATOMIC_TARGET },
		{ "map_store", HW_MAP_STORE },
		{ "context_field", HW_CONTEXT },
		{ "context_store", HW_CONTEXT },
		{ "stack_offset", HW_STACK_OFFSET },
		{ "key_in_packet", HW_KEY_PLACE },
		{ "key_unaligned", HW_KEY_ALIGNMENT },
		{ "key_above_bottom", HW_KEY_BOTTOM },
		{ "key_of_four_bytes", HW_KEY_BOTTOM },
	};
	static const struct expected tracing[] = {
		{ "helper_time", HW_HELPER },
		{ "key_unaligned", HW_KEY_ALIGNMENT },
		{ "key_above_bottom", HW_RULES },
	};

	(void)state;
	check_found("tests/unit/bad_programs.bpf.o", false, rows,
		    ARRAY_SIZE(rows));
	check_found("tests/unit/bad_programs.bpf.o", true, tracing,
		    ARRAY_SIZE(tracing));
}

#define INSN(c, dst, src, o, i)                                               \
	{                                                                     \
		.code = c, .dst_reg = dst, .src_reg = src, .off = o, .imm = i \
	}

/* Of instructions that clang 14 does not make, with v3 or at all. */
static void single_instructions_are_found(void **state)
{
	static const struct {
		const char *what;
		enum hw_rule rule;
		struct bpf_insn insn;
	} rows[] = {
		{ "r0 = 0", HW_RULES, INSN(0xb7, 0, 0, 0, 0) },
		{ "r0 = be64 r0", HW_RULES, INSN(0xdc, 0, 0, 0, 64) },
		{ "*(u8 *)(r10 - 1) = 0", HW_STORE_IMMEDIATE,
		  INSN(0x72, 10, 0, -1, 0) },
		{ "*(u16 *)(r10 - 2) = 0", HW_STORE_IMMEDIATE,
		  INSN(0x6a, 10, 0, -2, 0) },
		{ "*(u32 *)(r10 - 4) = 0", HW_STORE_IMMEDIATE,
		  INSN(0x62, 10, 0, -4, 0) },
		{ "*(u64 *)(r10 - 8) = 0", HW_STORE_IMMEDIATE,
		  INSN(0x7a, 10, 0, -8, 0) },
		{ "r0 = (s8)r1", HW_ALU_OFFSET, INSN(0xbf, 0, 1, 8, 0) },
		{ "w0 = (s16)w1", HW_ALU_OFFSET, INSN(0xbc, 0, 1, 16, 0) },
		{ "r0 s/= 3", HW_ALU_OFFSET, INSN(0x37, 0, 0, 1, 3) },
		{ "w0 s/= w1", HW_ALU_OFFSET, INSN(0x3c, 0, 1, 1, 0) },
		{ "r0 %= 3", HW_MODULO, INSN(0x97, 0, 0, 0, 3) },
		{ "r0 %= r1", HW_MODULO, INSN(0x9f, 0, 1, 0, 0) },
		{ "w0 %= 3", HW_MODULO, INSN(0x94, 0, 0, 0, 3) },
		{ "w0 s%= w1", HW_MODULO, INSN(0x9c, 0, 1, 1, 0) },
		{ "r0 = le32 r0", HW_LITTLE_ENDIAN, INSN(0xd4, 0, 0, 0, 32) },
		{ "r0 = bswap64 r0", HW_LITTLE_ENDIAN,
		  INSN(0xd7, 0, 0, 0, 64) },
		{ "r0 = *(s8 *)(r10 - 8)", HW_LOAD_MODE,
		  INSN(0x91, 0, 10, -8, 0) },
		{ "r0 = *(s32 *)(r10 - 8)", HW_LOAD_MODE,
		  INSN(0x81, 0, 10, -8, 0) },
		{ "r0 = *(u16 *)skb[12]", HW_LOAD_MODE,
		  INSN(0x28, 0, 0, 0, 12) },
		{ "r0 = *(u8 *)skb[r1]", HW_LOAD_MODE, INSN(0x50, 0, 1, 0, 0) },
		{ "gotol +0", HW_OPCODE, INSN(0x06, 0, 0, 0, 0) },
		{ "may_goto +0", HW_OPCODE, INSN(0xe5, 0, 0, 0, 0) },
		{ "callx r1", HW_CALL, INSN(0x8d, 1, 0, 0, 0) },
		{ "call kernel function", HW_CALL, INSN(0x85, 0, 2, 0, 1) },
		{ "lock *(u32 *)(r10 - 8) ^= r1", HW_ATOMIC,
		  INSN(0xc3, 10, 1, -8, 0xa0) },
		{ "r1 = xchg(r10 - 8, r1)", HW_ATOMIC,
		  INSN(0xdb, 10, 1, -8, 0xe1) },
		{ "r0 = cmpxchg(r10 - 8, r0, r1)", HW_ATOMIC,
		  INSN(0xdb, 10, 1, -8, 0xf1) },
		{ "r1 = load_acquire(r10 - 8)", HW_ATOMIC,
		  INSN(0xdb, 1, 10, -8, 0x100) },
		{ "unused ALU code", HW_OPCODE, INSN(0xe7, 0, 0, 0, 0) },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct bpf_insn insns[] = { rows[i].insn,
						  INSN(0x95, 0, 0, 0, 0) };
		struct hw_findings found = { .n = 0 };

		hw_scan_insns(insns, ARRAY_SIZE(insns), false, "p", &found);
		if (rule_for(&found, "p") != rows[i].rule)
			fail_msg("%s", rows[i].what);
		if (found.n)
			assert_int_equal(found.list[0].insn, 0);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_cards_variant_breaks_no_rule),
		cmocka_unit_test(its_tracing_build_breaks_no_rule),
		cmocka_unit_test(the_hosts_variants_break_rules),
		cmocka_unit_test(maps_that_no_card_takes_are_found),
		cmocka_unit_test(global_data_is_found),
		cmocka_unit_test(programs_that_no_card_takes_are_found),
		cmocka_unit_test(single_instructions_are_found),
	};

	return cmocka_run_group_tests_name("hw object", tests, NULL, NULL);
}
