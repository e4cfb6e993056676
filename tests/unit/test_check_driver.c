/* SPDX-License-Identifier: GPL-2.0-only */
/* What the driver says of one instruction, in its words. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "check_visit.h"

#define U32_ROOM 0xffffffffULL

/* One instruction, visited once or twice, with other registers. */
struct row {
	const char *what;
	struct bpf_insn insn;
	struct holds first[3], then[3];
	enum rule_id rule; /* RULES: taken */
	int err;
	const char *words;
};

/* clang-format off */
#define INSN(c, d, s, o, i) \
	{ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) }
#define LDX(size)	INSN(BPF_LDX | BPF_MEM | (size), 0, 1, 0, 0)
#define STX(o)		INSN(BPF_STX | BPF_MEM | BPF_W, 1, 2, o, 0)
#define XADD(i)		INSN(BPF_STX | BPF_ATOMIC | BPF_DW, 1, 2, 0, i)
#define ALU(op, d, s, i) INSN(BPF_ALU64 | (op), d, s, 0, i)
#define CALL(id)	INSN(BPF_JMP | BPF_CALL, 0, 0, 0, id)
#define OPCODE(c)	INSN(c, 0, 0, 0, 0)
#define NUM(r, v)	{ .reg = (r), .type = REG_SCALAR, .value = (v) }
#define UPTO(r, m)	{ .reg = (r), .type = REG_SCALAR, .mask = (m) }
#define PTR(r, t, o)	{ .reg = (r), .type = (t), .off = (o) }
#define VAR(r, t)	{ .reg = (r), .type = (t), .off = -8, .mask = 7 }
#define VALUE(r, o)	{ .reg = (r), .type = REG_MAP_VALUE, .off = (o), \
			  .in_map = true }
#define VARVALUE(r)	{ .reg = (r), .type = REG_MAP_VALUE, .mask = 7, \
			  .in_map = true }
#define MAP(r)		{ .reg = (r), .type = REG_MAP, .in_map = true }
#define TAKEN		RULES, 0, NULL

static const struct row opcodes[] = {
	{ "remainder", OPCODE(0x97), {}, {}, RULE_O1, EINVAL,
	  "[nfp] instruction 0x97 not supported" },
	{ "remainder, 32 bits", OPCODE(0x9c), {}, {}, RULE_O1, EINVAL,
	  "[nfp] instruction 0x9c not supported" },
	{ "little endian", OPCODE(0xd4), {}, {}, RULE_O2, EINVAL,
	  "[nfp] instruction 0xd4 not supported" },
	{ "big endian", OPCODE(0xdc), {}, {}, TAKEN },
	{ "bswap", OPCODE(0xd7), {}, {}, RULE_O3, EINVAL,
	  "[nfp] instruction 0xd7 not supported" },
	{ "memsx", OPCODE(0x91), {}, {}, RULE_O4, EINVAL,
	  "[nfp] instruction 0x91 not supported" },
	{ "gotol", OPCODE(0x06), {}, {}, RULE_O5, EINVAL,
	  "[nfp] instruction 0x6 not supported" },
	{ "may_goto", OPCODE(0xe5), {}, {}, RULE_O6, EINVAL,
	  "[nfp] instruction 0xe5 not supported" },
	{ "negation of a register", OPCODE(0x8f), {}, {}, RULE_O7, EINVAL,
	  "[nfp] instruction 0x8f not supported" },
	{ "atomic byte", OPCODE(0xd3), {}, {}, RULE_O7, EINVAL,
	  "[nfp] instruction 0xd3 not supported" },
	{ "register 11", INSN(0xbf, 11, 0, 0, 0), {}, {}, RULE_O9, EINVAL,
	  "[nfp] program uses extended registers - jit hardening?" },
	{ "a call of an own function", INSN(0x85, 0, 1, 0, 5), {}, {}, TAKEN },
};

static const struct row pointers[] = {
	{ "metadata", LDX(BPF_W), { PTR(1, REG_PACKET_META, 0) }, {}, RULE_M1,
	  EINVAL, "[nfp] unsupported ptr type: 7" },
	{ "a number", LDX(BPF_W), { NUM(1, 0) }, {}, RULE_M1, EINVAL,
	  "[nfp] unsupported ptr type: 1" },
	{ "value or NULL", LDX(BPF_W),
	  { PTR(1, REG_MAP_VALUE | REG_OR_NULL, 0) }, {}, RULE_M1, EINVAL,
	  "[nfp] unsupported ptr type: 260" },
	{ "packet, then value", LDX(BPF_W), { PTR(1, REG_PACKET, 0) },
	  { VALUE(1, 0) }, RULE_M2, EINVAL,
	  "[nfp] ptr type changed for instruction 8 -> 4" },
	{ "stack, then packet", LDX(BPF_W), { PTR(1, REG_STACK, -8) },
	  { PTR(1, REG_PACKET, 0) }, RULE_M2, EINVAL,
	  "[nfp] ptr type changed for instruction 6 -> 8" },
	{ "packet, variable", LDX(BPF_W), { VAR(1, REG_PACKET) }, {}, TAKEN },
	{ "stack, variable", LDX(BPF_W), { VAR(1, REG_STACK) }, {}, RULE_M5,
	  EINVAL, "[nfp] variable ptr stack access" },
	{ "stack, elsewhere by 2", LDX(BPF_B), { PTR(1, REG_STACK, -8) },
	  { PTR(1, REG_STACK, -6) }, RULE_M5, EINVAL,
	  "[nfp] stack access changed location was:-8 is:-6" },
	{ "stack, elsewhere by 4", LDX(BPF_W), { PTR(1, REG_STACK, -8) },
	  { PTR(1, REG_STACK, -4) }, TAKEN },
	{ "value, variable", LDX(BPF_W), { VARVALUE(1) }, {}, RULE_M7,
	  EOPNOTSUPP, "[nfp] map value offset is variable" },
	{ "value, behind it", LDX(BPF_W), { VALUE(1, 13) }, {}, RULE_M7,
	  EINVAL, "[nfp] map value access out-of-bounds" },
	{ "value, its last word", LDX(BPF_W), { VALUE(1, 12) }, {}, TAKEN },
	{ "value, a whole load before it", LDX(BPF_W), { VALUE(1, -8) }, {},
	  RULE_M7, EINVAL, "[nfp] map value access out-of-bounds" },
	{ "store into a value", STX(0), { VALUE(1, 0), NUM(2, 0) }, {},
	  RULE_M8, EOPNOTSUPP, "[nfp] map writes not supported" },
	{ "store into a packet", STX(0), { PTR(1, REG_PACKET, 0) }, {}, TAKEN },
	{ "store into the context", STX(0), { PTR(1, REG_CTX, 0) }, {},
	  RULE_C2, EOPNOTSUPP, "[nfp] unsupported store to context field" },
	{ "store into rx_queue_index", STX(16), { PTR(1, REG_CTX, 0) }, {},
	  TAKEN },
};

static const struct row atomics[] = {
	{ "fetch and add", XADD(1), { VALUE(1, 0), NUM(2, 1) }, {}, RULE_X1,
	  EOPNOTSUPP, "[nfp] atomic op not implemented: 1" },
	{ "exchange", XADD(225), { VALUE(1, 0), NUM(2, 1) }, {}, RULE_X1,
	  EOPNOTSUPP, "[nfp] atomic op not implemented: 225" },
	{ "on the stack", XADD(0), { PTR(1, REG_STACK, -8), NUM(2, 1) }, {},
	  RULE_X2, EOPNOTSUPP,
	  "[nfp] atomic add not to a map value pointer: 6" },
	{ "on the packet", XADD(0), { PTR(1, REG_PACKET, 0), NUM(2, 1) }, {},
	  RULE_X2, EOPNOTSUPP,
	  "[nfp] atomic add not to a map value pointer: 8" },
	{ "of a pointer", XADD(0), { VALUE(1, 0), PTR(2, REG_CTX, 0) }, {},
	  RULE_X3, EOPNOTSUPP, "[nfp] atomic add not of a scalar: 2" },
	{ "variable", XADD(0), { VARVALUE(1), NUM(2, 1) }, {}, RULE_M7,
	  EOPNOTSUPP, "[nfp] map value offset is variable" },
	{ "as it should be", XADD(0), { VALUE(1, 8), NUM(2, 1) }, {}, TAKEN },
};

static const struct row alu[] = {
	{ "wide times", ALU(BPF_MUL | BPF_X, 1, 2, 0), { NUM(2, 3) }, {},
	  RULE_A1, EINVAL,
	  "[nfp] multiplier is not within u32 value range" },
	{ "times wide", ALU(BPF_MUL | BPF_X, 1, 2, 0), { NUM(1, 3) }, {},
	  RULE_A1, EINVAL,
	  "[nfp] multiplicand is not within u32 value range" },
	{ "times wide, on another visit", ALU(BPF_MUL | BPF_X, 1, 2, 0),
	  { NUM(1, 3), NUM(2, 3) }, { UPTO(2, U32_ROOM << 1 | 1) }, RULE_A1,
	  EINVAL, "[nfp] multiplicand is not within u32 value range" },
	{ "times -1", ALU(BPF_MUL | BPF_K, 1, 0, -1), { NUM(1, 3) }, {},
	  RULE_A1, EINVAL,
	  "[nfp] sign extended multiplicand won't be within u32 value range" },
	{ "times -1, 32 bits", INSN(BPF_ALU | BPF_MUL | BPF_K, 1, 0, 0, -1),
	  { NUM(1, 3) }, {}, TAKEN },
	{ "32 bits times 32 bits", ALU(BPF_MUL | BPF_X, 1, 2, 0),
	  { UPTO(1, U32_ROOM), UPTO(2, U32_ROOM) }, {}, TAKEN },
	{ "wide by 3", ALU(BPF_DIV | BPF_K, 1, 0, 3), {}, {}, RULE_A2, EINVAL,
	  "[nfp] dividend is not within u32 value range" },
	{ "by a variable", ALU(BPF_DIV | BPF_X, 1, 2, 0),
	  { NUM(1, 9), UPTO(2, 7) }, {}, RULE_A2, EINVAL,
	  "[nfp] divisor is not constant" },
	{ "by 3, then by 4", ALU(BPF_DIV | BPF_X, 1, 2, 0),
	  { NUM(1, 9), NUM(2, 3) }, { NUM(2, 4) }, RULE_A2, EINVAL,
	  "[nfp] divisor is not constant" },
	{ "by a wide one", ALU(BPF_DIV | BPF_X, 1, 2, 0),
	  { NUM(1, 9), NUM(2, 1ULL << 32) }, {}, RULE_A2, EINVAL,
	  "[nfp] divisor is not within u32 value range" },
	{ "by -3", ALU(BPF_DIV | BPF_K, 1, 0, -3), { NUM(1, 9) }, {}, RULE_A2,
	  EINVAL, "[nfp] divide by negative constant is not supported" },
	{ "by 3", ALU(BPF_DIV | BPF_K, 1, 0, 3), { NUM(1, 9) }, {}, TAKEN },
	{ "a sum of anything", ALU(BPF_ADD | BPF_X, 1, 2, 0), {}, {}, TAKEN },
};

#define KEY	 PTR(2, REG_STACK, -8)
#define CPU	 NUM(3, BPF_F_CURRENT_CPU)

static const struct row helpers[] = {
	{ "the clock", CALL(5), {}, {}, RULE_F0, EOPNOTSUPP,
	  "[nfp] unsupported function id: 5" },
	{ "tail call", CALL(12), {}, {}, RULE_J4, EOPNOTSUPP,
	  "[nfp] unsupported function id: 12" },
	{ "kernel function", INSN(0x85, 0, 2, 0, 777), {}, {}, RULE_J5,
	  EOPNOTSUPP, "[nfp] unsupported function id: 777" },
	{ "lookup, key in the packet", CALL(1),
	  { MAP(1), PTR(2, REG_PACKET, 0) }, {}, RULE_F1, EOPNOTSUPP,
	  "[nfp] map_lookup: unsupported ptr type 8" },
	{ "lookup, variable key", CALL(1), { MAP(1), VAR(2, REG_STACK) }, {},
	  RULE_F1, EOPNOTSUPP, "[nfp] map_lookup: variable pointer" },
	{ "lookup, key at 6", CALL(1), { MAP(1), PTR(2, REG_STACK, -6) }, {},
	  RULE_F1, EOPNOTSUPP,
	  "[nfp] map_lookup: unaligned stack pointer 6" },
	{ "lookup", CALL(1), { MAP(1), KEY }, { PTR(2, REG_STACK, -16) },
	  TAKEN },
	{ "update, value in a map", CALL(2), { MAP(1), KEY, VALUE(3, 0) }, {},
	  RULE_F2, EOPNOTSUPP, "[nfp] map_update: unsupported ptr type 4" },
	{ "update", CALL(2), { MAP(1), KEY, PTR(3, REG_STACK, -24) }, {},
	  TAKEN },
	{ "delete, unaligned", CALL(3), { MAP(1), PTR(2, REG_STACK, -5) }, {},
	  RULE_F3, EOPNOTSUPP,
	  "[nfp] map_delete: unaligned stack pointer 5" },
	{ "event, flags 0", CALL(25), { NUM(3, 0), NUM(4, 0) }, {}, RULE_F25,
	  EOPNOTSUPP,
	  "[nfp] event_output: must use BPF_F_CURRENT_CPU, var_off: "
	  "(0x0; 0x0)" },
	{ "event, from the context", CALL(25), { CPU, PTR(4, REG_CTX, 0) }, {},
	  RULE_F25, EOPNOTSUPP,
	  "[nfp] event_output: unsupported ptr type: 2" },
	{ "event, unaligned", CALL(25), { CPU, PTR(4, REG_STACK, -7) }, {},
	  RULE_F25, EOPNOTSUPP,
	  "[nfp] event_output: unaligned stack pointer 7" },
	{ "event, packet, then NULL", CALL(25),
	  { CPU, PTR(4, REG_PACKET, 0) }, { NUM(4, 0) }, RULE_F25, EINVAL,
	  "[nfp] event_output: ptr type changed: 8 1" },
	{ "event", CALL(25), { CPU, PTR(4, REG_PACKET, 0) }, {}, TAKEN },
	{ "random number", CALL(7), {}, {}, TAKEN },
	{ "head", CALL(44), { NUM(2, 14) }, {}, TAKEN },
	{ "tail", CALL(65), {}, {}, TAKEN },
};

/* clang-format on */

static bool is_empty(const struct holds *h)
{
	return h[0].type == REG_NOT_INIT;
}

static void compare(const struct visiting *v, const struct row *row, int got)
{
	const struct check_finding *f = v->report.findings;

	if (row->rule == RULES) {
		assert_int_equal(got, 0);
		assert_int_equal(v->report.finding_count, 0);
		return;
	}
	assert_int_equal(got, -1);
	assert_int_equal(v->report.finding_count, 1);
	assert_string_equal(f->rule->id, rules[row->rule].id);
	assert_string_equal(f->words, row->words);
	assert_int_equal(f->err, row->err);
	assert_int_equal(f->insn, 1);
	assert_false(f->undecided);
}

static void ask(const struct row *row)
{
	struct visiting v;
	int got;

	print_message("%s\n", row->what);
	visit_start(&v);
	for (size_t i = 0; i < ARRAY_SIZE(row->first); i++)
		visit_hold(&v, &row->first[i]);
	got = visit_at(&v, 1, row->insn);
	if (!is_empty(row->then)) {
		assert_int_equal(got, 0);
		for (size_t i = 0; i < ARRAY_SIZE(row->then); i++)
			visit_hold(&v, &row->then[i]);
		got = visit_at(&v, 1, row->insn);
	}
	compare(&v, row, got);
	/* A third visit tells nothing new. */
	visit_at(&v, 1, row->insn);
	assert_int_equal(v.report.finding_count, row->rule != RULES);
	visit_end(&v);
}

#define ASK_ALL(name, rows)                                   \
	static void name(void **state)                        \
	{                                                     \
		(void)state;                                  \
		for (size_t i = 0; i < ARRAY_SIZE(rows); i++) \
			ask(&(rows)[i]);                      \
	}

ASK_ALL(opcodes_are_those_of_the_compiler, opcodes)
ASK_ALL(pointers_are_of_four_kinds, pointers)
ASK_ALL(atomics_only_add, atomics)
ASK_ALL(factors_and_dividends_have_32_bits, alu)
ASK_ALL(helpers_are_seven, helpers)

/* The driver's sum of offset and size wraps around, and it goes on. */
static void values_are_not_accessed_in_front(void **state)
{
	static const struct row in_front[] = {
		{ .what = "byte", .insn = LDX(BPF_B), { VALUE(1, -1) } },
		{ .what = "word", .insn = LDX(BPF_W), { VALUE(1, -4) } },
		{ .what = "half in front",
		  .insn = LDX(BPF_DW),
		  { VALUE(1, -4) } },
		{ .what = "adds",
		  .insn = XADD(0),
		  { VALUE(1, -4), NUM(2, 1) } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(in_front); i++) {
		const struct check_finding *f;
		struct visiting v;

		print_message("%s\n", in_front[i].what);
		visit_start(&v);
		visit_hold(&v, &in_front[i].first[0]);
		visit_hold(&v, &in_front[i].first[1]);
		assert_int_equal(visit_at(&v, 1, in_front[i].insn), 0);
		assert_int_equal(v.report.finding_count, 1);
		f = v.report.findings;
		assert_string_equal(f->rule->id, "U5");
		assert_string_equal(f->map, "counters");
		visit_end(&v);
	}
}

/* Of 256, as many as bpf/jit.c instr_cb[] has entries. */
static void the_compiler_has_115_opcodes(void **state)
{
	unsigned int known = 0;

	(void)state;
	for (unsigned int code = 0; code < 256; code++) {
		struct visiting v;

		visit_start(&v);
		visit_at(&v, 1, (struct bpf_insn){ .code = code });
		known += !v.report.finding_count ||
			 !strstr(v.report.findings[0].words, "instruction ");
		visit_end(&v);
	}
	assert_int_equal(known, 115);
}

static const struct {
	const char *what;
	size_t flag; /* offset of a bool in the profile, or 0: the helpers */
	int helper;
	enum rule_id rule;
	const char *words;
} firmware[] = {
	{ "lookup", 0, 1, RULE_F1, "[nfp] map_lookup: not supported by FW" },
	{ "update", 0, 2, RULE_F2, "[nfp] map_update: not supported by FW" },
	{ "delete", 0, 3, RULE_F3, "[nfp] map_delete: not supported by FW" },
	{ "event", 0, 25, RULE_F25, "[nfp] event_output: not supported by FW" },
	{ "random", offsetof(struct profile, random), 7, RULE_F7,
	  "[nfp] bpf_get_prandom_u32(): FW doesn't support random number "
	  "generation" },
	{ "head", offsetof(struct profile, adjust_head), 44, RULE_F44,
	  "[nfp] adjust_head not supported by FW" },
	{ "tail", offsetof(struct profile, adjust_tail), 65, RULE_F65,
	  "[nfp] adjust_tail not supported by FW" },
};

static void metadata_is_not_moved(void **state)
{
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.profile.head_meta = true;
	assert_int_equal(
		visit_at(&v, 1,
			 (struct bpf_insn)CALL(BPF_FUNC_xdp_adjust_head)),
		-1);
	assert_ptr_equal(v.report.findings[0].rule, &rules[RULE_F44]);
	assert_string_equal(v.report.findings[0].words,
			    "[nfp] adjust_head: FW requires shifting metadata, "
			    "not supported by the driver");
	visit_end(&v);
}

static void helpers_need_the_firmware(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(firmware); i++) {
		struct visiting v;

		print_message("%s\n", firmware[i].what);
		visit_start(&v);
		v.profile.helpers = 0;
		if (firmware[i].flag)
			*(bool *)((char *)&v.profile + firmware[i].flag) =
				false;
		assert_int_equal(
			visit_at(&v, 0,
				 (struct bpf_insn)CALL(firmware[i].helper)),
			-1);
		assert_string_equal(v.report.findings[0].words,
				    firmware[i].words);
		assert_ptr_equal(v.report.findings[0].rule,
				 &rules[firmware[i].rule]);
		visit_end(&v);
	}
}

static void the_receive_queue_needs_the_firmware(void **state)
{
	const struct holds ctx = PTR(1, REG_CTX, 0);
	struct visiting v;

	(void)state;
	visit_start(&v);
	v.profile.queue_select = false;
	visit_hold(&v, &ctx);
	visit_at(&v, 0, (struct bpf_insn)STX(16));
	assert_string_equal(v.report.findings[0].words,
			    "[nfp] queue selection not supported by FW");
	visit_end(&v);
}

static void event_flags_are_printed_as_by_each_kernel(void **state)
{
	static const struct {
		enum check_kernel kernel;
		struct holds flags;
		const char *end;
	} cases[] = {
		{ CHECK_KERNEL_6_1, NUM(3, 0), "(0x0; 0x0)" },
		{ CHECK_KERNEL_6_12, NUM(3, 0), "0" },
		{ CHECK_KERNEL_6_12, NUM(3, 65535), "65535" },
		{ CHECK_KERNEL_6_12, NUM(3, 65536), "0x10000" },
		{ CHECK_KERNEL_6_12, UPTO(3, 255), "(0x0; 0xff)" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct visiting v;
		const char *words;

		visit_start(&v);
		v.c.kernel = cases[i].kernel;
		visit_hold(&v, &cases[i].flags);
		visit_at(&v, 0, (struct bpf_insn)CALL(25));
		words = strstr(v.report.findings[0].words, "var_off: ");
		assert_non_null(words);
		assert_string_equal(words + strlen("var_off: "), cases[i].end);
		visit_end(&v);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opcodes_are_those_of_the_compiler),
		cmocka_unit_test(pointers_are_of_four_kinds),
		cmocka_unit_test(values_are_not_accessed_in_front),
		cmocka_unit_test(atomics_only_add),
		cmocka_unit_test(factors_and_dividends_have_32_bits),
		cmocka_unit_test(helpers_are_seven),
		cmocka_unit_test(the_compiler_has_115_opcodes),
		cmocka_unit_test(helpers_need_the_firmware),
		cmocka_unit_test(metadata_is_not_moved),
		cmocka_unit_test(the_receive_queue_needs_the_firmware),
		cmocka_unit_test(event_flags_are_printed_as_by_each_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
