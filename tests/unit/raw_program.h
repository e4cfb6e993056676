/* SPDX-License-Identifier: GPL-2.0-only */
/* Programs as rows of instructions, and what two kernels say about them. */
#ifndef RAW_PROGRAM_H
#define RAW_PROGRAM_H

#include "check/code.h"

#define RAW_INSNS 112
#define RAW_FUNCS 3

/* What one kernel said: accepted with so many explored instructions, and NFP
 * instructions; or refused.
 */
struct raw_answer {
	unsigned int explored, length;
	const char *rule; /* NULL: accepted */
	int insn;	  /* that the rule is broken at */
	int err;	  /* positive */
	const char *words;
};

struct raw_program {
	const char *what;
	struct raw_answer on_6_1, on_6_12;
	struct bpf_insn insns[RAW_INSNS]; /* end with the last that is not 0 */
	unsigned int insn_count;	  /* where that is not so */
	/* Programs that are too long for a row: makes up to @room and returns
	 * how many.
	 */
	unsigned int (*make)(struct bpf_insn *insns, unsigned int room);
	struct code_func funcs[RAW_FUNCS];
	unsigned int func_count;
};

/* Those that every row may refer to; [3] and on are alike. */
#define RAW_MAPS 68
enum {
	RAW_ARRAY,
	RAW_HASH,
	RAW_EVENTS,
	RAW_MORE
};
extern const struct code_map raw_maps[RAW_MORE + 1];

/**
 * raw_start() - the program of a row
 * @insns: freed by the caller
 * @maps:  room for RAW_MAPS
 */
void raw_start(const struct raw_program *row, struct code *code,
	       struct bpf_insn **insns, struct code_map *maps);

/* Check the row for both kernels, and fail the test where one differs. */
void raw_expect(const struct raw_program *row);

/* clang-format off */
#define BOTH(...) .on_6_1 = { __VA_ARGS__ }, .on_6_12 = { __VA_ARGS__ }
#define INSN(c, d, s, o, i) \
	{ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) }
#define MOVK(d, i)	INSN(BPF_ALU64 | BPF_MOV | BPF_K, d, 0, 0, i)
#define MOVX(d, s)	INSN(BPF_ALU64 | BPF_MOV | BPF_X, d, s, 0, 0)
#define MOV32K(d, i)	INSN(BPF_ALU | BPF_MOV | BPF_K, d, 0, 0, i)
#define MOV32X(d, s)	INSN(BPF_ALU | BPF_MOV | BPF_X, d, s, 0, 0)
#define ALUK(op, d, i)	INSN(BPF_ALU64 | (op) | BPF_K, d, 0, 0, i)
#define ALUX(op, d, s)	INSN(BPF_ALU64 | (op) | BPF_X, d, s, 0, 0)
#define ALU32K(op, d, i) INSN(BPF_ALU | (op) | BPF_K, d, 0, 0, i)
#define ALU32X(op, d, s) INSN(BPF_ALU | (op) | BPF_X, d, s, 0, 0)
#define LDX(sz, d, s, o) INSN(BPF_LDX | BPF_MEM | (sz), d, s, o, 0)
#define STX(sz, d, s, o) INSN(BPF_STX | BPF_MEM | (sz), d, s, o, 0)
#define ATOMIC(sz, d, s, o, i) INSN(BPF_STX | BPF_ATOMIC | (sz), d, s, o, i)
#define ADDX(sz, d, s, o) ATOMIC(sz, d, s, o, BPF_ADD)
#define JMP(o)		INSN(BPF_JMP | BPF_JA, 0, 0, o, 0)
#define JK(op, d, i, o)	INSN(BPF_JMP | (op) | BPF_K, d, 0, o, i)
#define JX(op, d, s, o)	INSN(BPF_JMP | (op) | BPF_X, d, s, o, 0)
#define J32K(op, d, i, o) INSN(BPF_JMP32 | (op) | BPF_K, d, 0, o, i)
#define J32X(op, d, s, o) INSN(BPF_JMP32 | (op) | BPF_X, d, s, o, 0)
#define CALL(i)		INSN(BPF_JMP | BPF_CALL, 0, 0, 0, i)
#define CALLF(i)	INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, i)
#define EXIT		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)
#define LD64(d, lo, hi)	INSN(BPF_LD | BPF_IMM | BPF_DW, d, 0, 0, lo), \
			INSN(0, 0, 0, 0, hi)
#define LDMAP(d, m)	INSN(BPF_LD | BPF_IMM | BPF_DW, d, BPF_PSEUDO_MAP_FD, \
			     0, m), INSN(0, 0, 0, 0, 0)
#define PASS		MOVK(0, 2), EXIT
#define RANDOM		CALL(BPF_FUNC_get_prandom_u32)

/* r2: @n bytes of packet, r3: its end; 7 instructions. */
#define PACKET(n) LDX(BPF_W, 2, 1, 0), LDX(BPF_W, 3, 1, 4), MOVX(4, 2), \
		ALUK(BPF_ADD, 4, n), JX(BPF_JLE, 4, 3, 2), PASS
/* r0: value of entry 0, or NULL; 7 instructions, 10 with the comparison. */
#define LOOKUP_ONLY MOVK(1, 0), STX(BPF_DW, 10, 1, -8), \
		LDMAP(1, RAW_ARRAY), MOVX(2, 10), ALUK(BPF_ADD, 2, -8), CALL(1)
#define LOOKUP	LOOKUP_ONLY, JK(BPF_JNE, 0, 0, 2), PASS
/* clang-format on */

#endif
