/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is asked of a program before any path is followed. What is expected is
 * what the kernels themselves answered.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "raw_program.h"

/* clang-format off */
static const struct bpf_insn pass[] = { PASS };
static const struct bpf_insn call = CALLF(0);
static const struct bpf_insn map[] = { LDMAP(1, 0) };
/* clang-format on */

/* 256 of them, each called once: with the program itself one too many. */
static unsigned int many_functions(struct bpf_insn *insns, unsigned int room)
{
	unsigned int calls = 256, n = 0;

	assert_true(room >= calls + 2 + 2 * calls);
	for (unsigned int i = 0; i < calls; i++, n++) {
		insns[n] = call;
		insns[n].imm = calls + 2 + 2 * i - (n + 1);
	}
	for (unsigned int i = 0; i < calls + 1; i++, n += 2)
		memcpy(&insns[n], pass, sizeof(pass));
	return n;
}

static unsigned int refer_to_maps(struct bpf_insn *insns, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		memcpy(&insns[2 * i], map, sizeof(map));
		insns[2 * i].imm = i;
	}
	memcpy(&insns[2 * count], pass, sizeof(pass));
	return 2 * count + 2;
}

static unsigned int maps_at_most(struct bpf_insn *insns, unsigned int room)
{
	assert_true(room >= 2 * 64 + 2);
	return refer_to_maps(insns, 64);
}

static unsigned int maps_too_many(struct bpf_insn *insns, unsigned int room)
{
	assert_true(room >= 2 * 65 + 2);
	return refer_to_maps(insns, 65);
}

/* clang-format off */
static const struct raw_program rows[] = {
	{ "nothing to say",
	  BOTH(.explored = 2, .length = 26),
	  .insns = { PASS } },
	{ "jump beyond the end",
	  BOTH(.rule = "V2", .insn = 0, .err = EINVAL,
	  .words = "jump out of range from insn 0 to 3"),
	  .insns = { JMP(2), PASS } },
	{ "jump before the start",
	  BOTH(.rule = "V2", .insn = 1, .err = EINVAL,
	  .words = "jump out of range from insn 1 to -2"),
	  .insns = { MOVK(0, 2), JK(BPF_JEQ, 0, 2, -4), EXIT } },
	{ "jump into another function",
	  BOTH(.rule = "V2", .insn = 2, .err = EINVAL,
	  .words = "jump out of range from insn 2 to 5"),
	  .insns = { CALLF(3), MOVK(0, 2), JK(BPF_JEQ, 0, 0, 2), EXIT, PASS } },
	{ "no exit at the end",
	  BOTH(.rule = "V2", .insn = 0, .err = EINVAL,
	  .words = "last insn is not an exit or jmp"),
	  .insns = { MOVK(0, 2) } },
	{ "no exit at the end of a function",
	  BOTH(.rule = "V2", .insn = 0, .err = EINVAL,
	  .words = "jump out of range from insn 0 to 3"),
	  .insns = { JMP(2), MOVK(0, 2), EXIT, CALLF(-3), EXIT } },
	{ "a jump at the end will do",
	  BOTH(.explored = 4, .length = 28),
	  .insns = { JMP(2), MOVK(0, 2), EXIT, JMP(-3) } },
	{ "call beyond the end",
	  BOTH(.rule = "V2", .insn = 0, .err = EINVAL,
	  .words = "call to invalid destination"),
	  .insns = { CALLF(9), PASS } },
	{ "call before the start",
	  BOTH(.rule = "V2", .insn = 0, .err = EINVAL,
	  .words = "call to invalid destination"),
	  .insns = { CALLF(-9), PASS } },
	{ "more functions than there may be",
	  BOTH(.rule = "V2", .insn = 255, .err = E2BIG,
	  .words = "too many subprograms"),
	  .make = many_functions },
	{ "unreachable",
	  BOTH(.rule = "V2", .insn = 2, .err = EINVAL,
	  .words = "unreachable insn 2"),
	  .insns = { PASS, PASS } },
	{ "unreachable behind an exit, jumped over",
	  BOTH(.rule = "V2", .insn = 1, .err = EINVAL,
	  .words = "unreachable insn 1"),
	  .insns = { JMP(1), EXIT, PASS } },
	{ "jump into a wide number",
	  BOTH(.rule = "V2", .insn = 2, .err = EINVAL,
	  .words = "jump into the middle of ldimm64 insn 2"),
	  .insns = { MOVK(0, 2), JK(BPF_JEQ, 0, 1, 1), LD64(1, 0, 0), EXIT } },
	{ "function that calls itself",
	  .on_6_1 = { .rule = "V2", .insn = 2, .err = EINVAL,
	    .words = "back-edge from insn 2 to 2" },
	  .on_6_12 = { .rule = "V2", .insn = 2, .err = E2BIG,
	    .words = "the call stack of 9 frames is too deep" },
	  .insns = { CALLF(1), EXIT, CALLF(-1), EXIT } },
	{ "functions that call each other",
	  .on_6_1 = { .rule = "V2", .insn = 4, .err = EINVAL,
	    .words = "back-edge from insn 4 to 2" },
	  .on_6_12 = { .rule = "V2", .insn = 2, .err = E2BIG,
	    .words = "the call stack of 9 frames is too deep" },
	  .insns = { CALLF(1), EXIT, CALLF(1), EXIT, CALLF(-3), EXIT } },
	{ "load of the old packet filter",
	  BOTH(.rule = "J6", .insn = 1, .err = EINVAL,
	  .words = "BPF_LD_[ABS|IND] instructions not allowed for this program type"),
	  .insns = { MOVX(6, 1), INSN(BPF_LD | BPF_ABS | BPF_W, 0, 0, 0, 0),
		     PASS } },
	{ "load of the old packet filter, by register",
	  BOTH(.rule = "J6", .insn = 1, .err = EINVAL,
	  .words = "BPF_LD_[ABS|IND] instructions not allowed for this program type"),
	  .insns = { MOVX(6, 1), INSN(BPF_LD | BPF_IND | BPF_W, 0, 6, 0, 0),
		     PASS } },
	{ "load of the old packet filter in a function",
	  BOTH(.rule = "J6", .insn = 2, .err = EINVAL,
	  .words = "LD_ABS is not allowed in subprogs without BTF"),
	  .insns = { CALLF(1), EXIT, INSN(BPF_LD | BPF_ABS | BPF_W, 0, 0, 0, 0),
		     PASS } },
	{ "tail call in a function",
	  BOTH(.rule = "J4", .insn = 2, .err = EINVAL,
	  .words = "tail_call is not allowed in subprogs without BTF"),
	  .insns = { CALLF(1), EXIT, CALL(BPF_FUNC_tail_call), PASS } },
	{ "function of the kernel",
	  BOTH(.rule = "J5", .insn = 0, .err = EINVAL,
	  .words = "kernel btf_id 7 is not a function"),
	  .insns = { INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 0, 7),
		     PASS } },
	{ "function of a module",
	  BOTH(.rule = "J5", .insn = 0, .err = EPROTO,
	  .words = "failed to find BTF for kernel function"),
	  .insns = { INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 1, 7),
		     PASS } },
	{ "function of the kernel that nobody has",
	  BOTH(.rule = "J5", .insn = 0, .err = EOPNOTSUPP,
	  .words = "[nfp] unsupported function id: 0"),
	  .insns = { INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 0, 0),
		     PASS } },
	{ "unknown arithmetic",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unknown opcode e7"),
	  .insns = { INSN(BPF_ALU64 | 0xe0, 0, 0, 0, 0), PASS } },
	{ "negation of a register",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unknown opcode 8f"),
	  .insns = { INSN(BPF_ALU64 | BPF_NEG | BPF_X, 0, 0, 0, 0), PASS } },
	{ "unknown jump",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unknown opcode f5"),
	  .insns = { INSN(BPF_JMP | 0xf0, 0, 0, 0, 0), PASS } },
	{ "call by a register",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unknown opcode 8d"),
	  .insns = { INSN(BPF_JMP | BPF_CALL | BPF_X, 0, 0, 0, 0), PASS } },
	{ "exit of 32 bits",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unknown opcode 96"),
	  .insns = { INSN(BPF_JMP32 | BPF_EXIT, 0, 0, 0, 0), PASS } },
	{ "unknown store",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unknown opcode c2"),
	  .insns = { INSN(BPF_ST | BPF_ATOMIC | BPF_W, 10, 0, -4, 0), PASS } },
	{ "atomic of a byte",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unknown opcode d3"),
	  .insns = { INSN(BPF_STX | BPF_ATOMIC | BPF_B, 10, 1, -4, 0), PASS } },
	{ "unknown wide load",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unknown opcode 38"),
	  .insns = { INSN(BPF_LD | BPF_ABS | BPF_DW, 0, 0, 0, 0), PASS } },
	{ "unknown load in dead code",
	  BOTH(.rule = "V7", .insn = 2, .err = EINVAL,
	  .words = "BPF_LDX uses reserved fields"),
	  .insns = { MOVK(0, 2), JK(BPF_JEQ, 0, 2, 1),
		     INSN(BPF_LDX | 0xe0, 0, 1, 0, 0), EXIT } },
	{ "load with a number",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "BPF_LDX uses reserved fields"),
	  .insns = { INSN(BPF_LDX | BPF_MEM | BPF_W, 0, 1, 0, 1), PASS } },
	{ "load that extends the sign",
	  .on_6_1 = { .rule = "O4", .insn = 0, .err = EINVAL,
	    .words = "BPF_LDX uses reserved fields" },
	  .on_6_12 = { .rule = "O4", .insn = 0, .err = EINVAL,
	    .words = "[nfp] instruction 0x89 not supported" },
	  .insns = { INSN(BPF_LDX | 0x80 | BPF_H, 0, 10, -2, 0), PASS } },
	{ "unconditional swap of bytes",
	  .on_6_1 = { .rule = "O3", .insn = 1, .err = EINVAL,
	    .words = "unknown opcode d7" },
	  .on_6_12 = { .rule = "O3", .insn = 1, .err = EINVAL,
	    .words = "[nfp] instruction 0xd7 not supported" },
	  .insns = { MOVK(0, 2), INSN(BPF_ALU64 | BPF_END, 0, 0, 0, 16), PASS } },
	{ "goto of 32 bits",
	  BOTH(.rule = "O5", .insn = 0, .err = EINVAL,
	  .words = "[nfp] instruction 0x6 not supported"),
	  .insns = { INSN(BPF_JMP32 | BPF_JA, 0, 0, 0, 0), PASS } },
	{ "may goto",
	  .on_6_1 = { .rule = "O6", .insn = 0, .err = EINVAL,
	    .words = "unknown opcode e5" },
	  .on_6_12 = { .rule = "O6", .insn = 0, .err = EINVAL,
	    .words = "[nfp] instruction 0xe5 not supported" },
	  .insns = { INSN(0xe5, 0, 0, 0, 0), PASS } },
	{ "wide number cut off",
	  BOTH(.rule = "V2", .insn = 3, .err = EINVAL,
	  .words = "last insn is not an exit or jmp"),
	  .insns = { MOVK(0, 2), EXIT, JMP(-3),
		     INSN(BPF_LD | BPF_IMM | BPF_DW, 0, 0, 0, 1) } },
	{ "wide number cut off by an instruction",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "invalid bpf_ld_imm64 insn"),
	  .insns = { INSN(BPF_LD | BPF_IMM | BPF_DW, 0, 0, 0, 1), PASS } },
	{ "wide number of an unknown kind",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unrecognized bpf_ld_imm64 insn"),
	  .insns = { INSN(BPF_LD | BPF_IMM | BPF_DW, 0, 9, 0, 1),
		     INSN(0, 0, 0, 0, 0), PASS } },
	{ "address of a kernel's function",
	  BOTH(.rule = "J5", .insn = 0, .err = EOPNOTSUPP,
	  .words = ""),
	  .insns = { INSN(BPF_LD | BPF_IMM | BPF_DW, 0, BPF_PSEUDO_BTF_ID, 0, 1),
		     INSN(0, 0, 0, 0, 0), PASS } },
	{ "map with something behind it",
	  BOTH(.rule = "V7", .insn = 0, .err = EINVAL,
	  .words = "unrecognized bpf_ld_imm64 insn"),
	  .insns = { INSN(BPF_LD | BPF_IMM | BPF_DW, 0, BPF_PSEUDO_MAP_FD, 0, 0),
		     INSN(0, 0, 0, 0, 1), PASS } },
	{ "address of a map's value",
	  BOTH(.rule = "P10", .insn = 0, .err = EINVAL,
	  .words = "no direct value access support for this map type"),
	  .insns = { INSN(BPF_LD | BPF_IMM | BPF_DW, 0, BPF_PSEUDO_MAP_VALUE, 0, 0),
		     INSN(0, 0, 0, 0, 0), PASS } },
	{ "all the maps that there may be",
	  BOTH(.explored = 66, .length = 154),
	  .make = maps_at_most },
	{ "one map more",
	  .on_6_1 = { .rule = "P12", .insn = 128, .err = E2BIG,
	    .words = "" },
	  .on_6_12 = { .rule = "P12", .insn = 128, .err = E2BIG,
	    .words = "The total number of maps per program has reached the limit of 64" },
	  .make = maps_too_many },
};
/* clang-format on */

static void kernels_agree_before_any_path(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		raw_expect(&rows[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernels_agree_before_any_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
