/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lengths are those that the stock driver made of the same programs on the
 * emulated card (bpf_prog_info.jited_prog_len / 8).
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cost.h"
#include "profile.h"

#define MAX_INSNS 96

struct row {
	const char *name;
	unsigned int want; /* NFP instructions; 0: refused, by rule */
	enum rule_id rule;
	int at; /* instruction that is refused */
	const char *words;
	unsigned int stack;	   /* bytes, of the program itself */
	unsigned int callee_stack; /* of its one function */
	bool callee_pushes;
	uint32_t adjust_head;
	uint64_t dead; /* instructions that no path reaches, by bit */
	struct bpf_insn insns[MAX_INSNS];
	struct fact facts[MAX_INSNS]; /* reached is added */
};

/* clang-format off */
#define INSN(c, d, s, o, i) \
	{ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) }
#define MOVK(d, i)	INSN(BPF_ALU64 | BPF_MOV | BPF_K, d, 0, 0, i)
#define MOVX(d, s)	INSN(BPF_ALU64 | BPF_MOV | BPF_X, d, s, 0, 0)
#define MOV32K(d, i)	INSN(BPF_ALU | BPF_MOV | BPF_K, d, 0, 0, i)
#define ALUK(op, d, i)	INSN(BPF_ALU64 | (op) | BPF_K, d, 0, 0, i)
#define ALUX(op, d, s)	INSN(BPF_ALU64 | (op) | BPF_X, d, s, 0, 0)
#define ALU32K(op, d, i) INSN(BPF_ALU | (op) | BPF_K, d, 0, 0, i)
#define ALU32X(op, d, s) INSN(BPF_ALU | (op) | BPF_X, d, s, 0, 0)
#define LDX(sz, d, s, o) INSN(BPF_LDX | BPF_MEM | (sz), d, s, o, 0)
#define STX(sz, d, s, o) INSN(BPF_STX | BPF_MEM | (sz), d, s, o, 0)
#define ST(sz, d, o, i)	INSN(BPF_ST | BPF_MEM | (sz), d, 0, o, i)
#define ADDX(sz, d, s, o) INSN(BPF_STX | BPF_ATOMIC | (sz), d, s, o, BPF_ADD)
#define JMP(o)		INSN(BPF_JMP | BPF_JA, 0, 0, o, 0)
#define JK(op, d, i, o)	INSN(BPF_JMP | (op) | BPF_K, d, 0, o, i)
#define JX(op, d, s, o)	INSN(BPF_JMP | (op) | BPF_X, d, s, o, 0)
#define J32K(op, d, i, o) INSN(BPF_JMP32 | (op) | BPF_K, d, 0, o, i)
#define CALL(i)		INSN(BPF_JMP | BPF_CALL, 0, 0, 0, i)
#define CALLF(i)	INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, i)
#define EXIT		INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)
#define LD64(d, lo, hi)	INSN(BPF_LD | BPF_IMM | BPF_DW, d, 0, 0, lo), \
			INSN(0, 0, 0, 0, hi)
#define LDMAP(d, m)	INSN(BPF_LD | BPF_IMM | BPF_DW, d, BPF_PSEUDO_MAP_FD, \
			     0, m), INSN(0, 0, 0, 0, 0)
#define PASS		MOVK(0, 2), EXIT

/* r2: 64 bytes of packet. */
#define PACKET	LDX(BPF_W, 2, 1, 0), LDX(BPF_W, 3, 1, 4), MOVX(4, 2), \
		ALUK(BPF_ADD, 4, 64), JX(BPF_JLE, 4, 3, 2), PASS
#define PACKET_FACTS [0].ptr.type = REG_CTX, [1].ptr.type = REG_CTX

/* r0: value of an entry of the map. */
#define LOOKUP(m) MOVK(1, 0), STX(BPF_DW, 10, 1, -8), LDMAP(1, m), \
		MOVX(2, 10), ALUK(BPF_ADD, 2, -8), CALL(1), \
		JK(BPF_JNE, 0, 0, 2), PASS
/* Three words of stack, r1: a map, r2: the frame. */
#define KEYS(m)	MOVK(1, 0), STX(BPF_DW, 10, 1, -8), STX(BPF_DW, 10, 1, -16), \
		STX(BPF_DW, 10, 1, -24), LDMAP(1, m), MOVX(2, 10)
#define KEYS_FACTS [1].ptr.type = REG_STACK, [2].ptr.type = REG_STACK, \
		   [3].ptr.type = REG_STACK
#define LOOKUP_FACTS [1].ptr.type = REG_STACK, [6].arg2.off = -8

#define CTX	{ .ptr.type = REG_CTX }
#define PKT	{ .ptr.type = REG_PACKET }
#define VALUE	{ .ptr.type = REG_MAP_VALUE }
#define STACK	{ .ptr.type = REG_STACK }
#define ZEXT	{ .zext = true }
#define AMOUNT(min, max) { .umin_src = (min), .umax_src = (max) }
#define RANGE(dst, src) { .umax_dst = (dst), .umin_src = (src), \
			  .umax_src = (src) }
#define COPY(sz, n)	LDX(sz, 5, 2, (n)), STX(sz, 2, 5, 32 + (n))
#define DOWN(n)	LDX(BPF_H, 5, 2, 22 + (n)), STX(BPF_H, 2, 5, (n))
#define DOWN8(n) DOWN(n), DOWN((n) + 2), DOWN((n) + 4), DOWN((n) + 6)

/* clang-format on */

static const struct row rows[] = {
	{ "nothing but a verdict", 26, .insns = { PASS } },
	{ "numbers of one and two instructions", 50,
	  .insns = { MOVK(1, 0xffff), MOVK(2, 0x12345), MOVK(3, -1),
		     MOVK(4, -0x12345), MOV32K(5, 0x1234567), MOV32K(1, 0xff00),
		     LD64(2, 5, 5), LD64(3, 0x12345, 0x12345),
		     LD64(4, 0x12345, 0x54321), PASS } },
	{ "operands that fit, and do not", 51,
	  .insns = { MOVK(1, 0), ALUK(BPF_ADD, 1, 255), ALUK(BPF_ADD, 1, 256),
		     ALUK(BPF_ADD, 1, -255), ALUK(BPF_SUB, 1, -256),
		     ALUK(BPF_ADD, 1, INT32_MIN), ALUK(BPF_AND, 1, 0xff),
		     ALUK(BPF_AND, 1, -1), ALUK(BPF_OR, 1, -1),
		     ALUK(BPF_OR, 1, 0), ALUK(BPF_XOR, 1, -1),
		     ALUK(BPF_XOR, 1, 0x12345), PASS } },
	{ "32 bits, with and without a cleared upper half", 38,
	  .insns = { MOVK(1, 0), MOVK(2, 3), ALU32K(BPF_ADD, 1, 5),
		     ALU32X(BPF_ADD, 1, 2), ALU32K(BPF_ADD, 1, 5),
		     ALU32X(BPF_XOR, 1, 2), MOVX(3, 1), ALU32K(BPF_NEG, 1, 0),
		     PASS },
	  .facts = { [5] = ZEXT } },
	{ "shifts by numbers", 45,
	  .insns = { MOVK(1, 9), ALUK(BPF_LSH, 1, 0), ALUK(BPF_LSH, 1, 7),
		     ALUK(BPF_RSH, 1, 32), ALUK(BPF_RSH, 1, 40),
		     ALUK(BPF_ARSH, 1, 3), ALUK(BPF_ARSH, 1, 32),
		     ALUK(BPF_ARSH, 1, 60), ALU32K(BPF_LSH, 1, 3),
		     ALU32K(BPF_ARSH, 1, 3), PASS } },
	{ "shifts by a register: below 32, from 32 on, any", 83,
	  .insns = { CALL(7), MOVX(1, 0), ALUK(BPF_AND, 1, 31), MOVX(2, 1),
		     ALUK(BPF_OR, 2, 32), ALUX(BPF_LSH, 0, 1),
		     ALUX(BPF_RSH, 0, 1), ALUX(BPF_ARSH, 0, 2), CALL(7),
		     MOVX(1, 0), ALUK(BPF_AND, 1, 63), ALUX(BPF_LSH, 0, 1),
		     ALUX(BPF_RSH, 0, 1), ALUX(BPF_ARSH, 0, 1), PASS },
	  .facts = { [5] = AMOUNT(0, 31),
		     [6] = AMOUNT(0, 31),
		     [7] = AMOUNT(32, 63),
		     [11] = AMOUNT(0, 63),
		     [12] = AMOUNT(0, 63),
		     [13] = AMOUNT(0, 63) } },
	{ "shift by a register that holds a number", 32,
	  .insns = { MOVK(1, 9), MOVK(2, 33), ALUX(BPF_LSH, 1, 2), PASS },
	  .facts = { [2] = AMOUNT(33, 33) } },
	{ "shift by more than there are bits", 0, RULE_T6, 2,
	  "NFP net bpf: Translation failed with error -14 (translated: 2)",
	  .insns = { MOVK(1, 9), MOVK(2, 64), ALUX(BPF_LSH, 1, 2), PASS },
	  .facts = { [2] = AMOUNT(64, 64) } },
	{ "shift of 32 bits by more than there are", 0, RULE_T6, 2,
	  "NFP net bpf: Translation failed with error -14 (translated: 2)",
	  .insns = { MOVK(1, 9), MOVK(2, 32), ALU32X(BPF_RSH, 1, 2), PASS },
	  .facts = { [2] = AMOUNT(32, 32) } },
	{ "multiplication of 16 and of 32 bits", 53,
	  .insns = { MOVK(1, 9), ALUK(BPF_MUL, 1, 0xffff), MOVK(1, 9),
		     ALUK(BPF_MUL, 1, 0x10000), MOVK(1, 9),
		     ALU32K(BPF_MUL, 1, -3), PASS },
	  .facts = { [1] = RANGE(9, 0),
		     [3] = RANGE(9, 0),
		     [5] = RANGE(9, 0) } },
	{ "division by 1, 2, 512, 10, 7, 14, 100", 88,
	  .insns = { MOVK(1, 9), ALUK(BPF_DIV, 1, 1), MOVK(1, 9),
		     ALUK(BPF_DIV, 1, 2), MOVK(1, 9), ALUK(BPF_DIV, 1, 512),
		     MOVK(1, 9), ALUK(BPF_DIV, 1, 10), MOVK(1, 9),
		     ALUK(BPF_DIV, 1, 7), MOVK(1, 9), ALUK(BPF_DIV, 1, 14),
		     MOVK(1, 9), ALUK(BPF_DIV, 1, 100), PASS } },
	{ "division by more than 2^31", 34,
	  .insns = { MOVK(1, 9), MOV32K(2, -5), ALUX(BPF_DIV, 1, 2), PASS },
	  .facts = { [2] = RANGE(9, 0xfffffffb) } },
	{ "bytes swapped", 39,
	  .insns = { MOVK(1, 9), INSN(BPF_ALU | BPF_END | BPF_X, 1, 0, 0, 16),
		     INSN(BPF_ALU | BPF_END | BPF_X, 1, 0, 0, 32),
		     INSN(BPF_ALU | BPF_END | BPF_X, 1, 0, 0, 64), PASS } },
	{ "the context's copy is dropped", 28,
	  .insns = { MOVX(6, 1), LDX(BPF_W, 2, 6, 0), PASS },
	  .facts = { [1] = CTX } },
	{ "jumps, by number", 70,
	  .insns = { CALL(7), JK(BPF_JEQ, 0, 0, 0), JK(BPF_JEQ, 0, 3, 0),
		     JK(BPF_JEQ, 0, -3, 0), JK(BPF_JNE, 0, 0, 0),
		     JK(BPF_JNE, 0, 300, 0), JK(BPF_JSET, 0, 3, 0),
		     JK(BPF_JSET, 0, -3, 0), JK(BPF_JGT, 0, 3, 0),
		     JK(BPF_JGE, 0, -300, 0), JK(BPF_JSGT, 0, -300, 0),
		     J32K(BPF_JEQ, 0, 0, 0), J32K(BPF_JLT, 0, 300, 0), PASS } },
	{ "jumps, by register", 53,
	  .insns = { CALL(7), MOVX(6, 0), CALL(7), JX(BPF_JEQ, 0, 6, 0),
		     JX(BPF_JNE, 0, 6, 0), JX(BPF_JSET, 0, 6, 0),
		     JX(BPF_JGT, 0, 6, 0),
		     INSN(BPF_JMP32 | BPF_JEQ | BPF_X, 0, 6, 0, 0),
		     INSN(BPF_JMP32 | BPF_JSLE | BPF_X, 0, 6, 0, 0), PASS } },
	{ "always taken, over what nobody reaches", 28, .dead = 0xc,
	  .insns = { MOVK(1, 1), JK(BPF_JEQ, 1, 1, 2), MOVK(2, 2), MOVK(3, 3),
		     PASS } },
	{ "never taken, to what nobody reaches", 28, .dead = 0x30,
	  .insns = { MOVK(1, 1), JK(BPF_JNE, 1, 1, 2), PASS, MOVK(0, 1),
		     EXIT } },
	{ "never taken, to what others reach", 34,
	  .insns = { MOVK(1, 1), JK(BPF_JNE, 1, 1, 1), MOVK(2, 2), PASS } },
	{ "always taken, back", 32, .dead = 0x60,
	  .insns = { MOVK(1, 1), JMP(2), PASS, JK(BPF_JEQ, 1, 1, -3),
		     MOVK(0, 1), EXIT } },
	{ "goto next", 28, .insns = { MOVK(1, 1), JMP(0), PASS } },
	{ "goto over a goto next that is reached", 32,
	  .insns = { CALL(7), JK(BPF_JEQ, 0, 0, 1), JMP(1), JMP(0), PASS } },
	{ "a branch lands on what is gone", 0, RULE_T5, 3,
	  "NFP net bpf: Branch landing on removed instruction!!",
	  .insns = { MOVX(6, 1), LDX(BPF_W, 2, 6, 0), MOVK(1, 1),
		     JK(BPF_JEQ, 1, 2, -4), PASS },
	  .facts = { [1] = CTX } },
	{ "packet: one word, in a word, across words", 51,
	  .insns = { PACKET, LDX(BPF_W, 5, 2, 0), LDX(BPF_B, 5, 2, 6),
		     LDX(BPF_H, 5, 2, 7), LDX(BPF_DW, 5, 2, 8),
		     LDX(BPF_DW, 5, 2, 14), PASS },
	  .facts = { PACKET_FACTS, [7] = PKT, PKT, PKT, PKT, PKT } },
	{ "packet: a store ends what was read", 49,
	  .insns = { PACKET, LDX(BPF_W, 5, 2, 0), STX(BPF_W, 2, 4, 0),
		     LDX(BPF_W, 5, 2, 4), STX(BPF_DW, 2, 4, 0), PASS },
	  .facts = { PACKET_FACTS, [7] = PKT, PKT, PKT, PKT } },
	{ "packet: more than 32 bytes, more than 64", 50,
	  .insns = { PACKET, LDX(BPF_W, 5, 2, 0), LDX(BPF_W, 5, 2, 40),
		     STX(BPF_W, 2, 4, 0), LDX(BPF_B, 5, 2, 1),
		     LDX(BPF_B, 5, 2, 63), PASS },
	  .facts = { PACKET_FACTS, [7] = PKT, PKT, PKT, PKT, PKT } },
	{ "copy of 16 bytes", 48,
	  .insns = { PACKET, COPY(BPF_DW, 0), COPY(BPF_DW, 8), PASS },
	  .facts = { PACKET_FACTS, [7] = PKT, PKT, PKT, PKT } },
	{ "copy of 6 bytes, downwards", 46,
	  .insns = { PACKET, COPY(BPF_H, 4), COPY(BPF_H, 2), COPY(BPF_H, 0),
		     PASS },
	  .facts = { PACKET_FACTS, [7] = PKT, PKT, PKT, PKT, PKT, PKT } },
	{ "copy of 5 bytes", 46,
	  .insns = { PACKET, COPY(BPF_B, 0), COPY(BPF_B, 1), COPY(BPF_B, 2),
		     COPY(BPF_B, 3), COPY(BPF_B, 4), PASS },
	  .facts = { PACKET_FACTS, [7] = PKT, PKT, PKT, PKT, PKT, PKT, PKT, PKT,
		     PKT, PKT } },
	{ "copy that would read what it wrote", 48,
	  .insns = { PACKET, LDX(BPF_W, 5, 2, 0), STX(BPF_W, 2, 5, 4),
		     LDX(BPF_W, 5, 2, 4), STX(BPF_W, 2, 5, 8), PASS },
	  .facts = { PACKET_FACTS, [7] = PKT, PKT, PKT, PKT } },
	{ "two copies: a jump leads between them", 53,
	  .insns = { PACKET, LDX(BPF_B, 0, 2, 0), JK(BPF_JEQ, 0, 1, 2),
		     COPY(BPF_W, 0), COPY(BPF_W, 4), PASS },
	  .facts = { PACKET_FACTS,
		     [7] = { .ptr.type = REG_PACKET, .zext = true }, [9] = PKT,
		     PKT, PKT, PKT } },
	{ "copy of 42 bytes", 58,
	  .insns = { PACKET, DOWN8(0), DOWN8(8), DOWN8(16), DOWN8(24),
		     DOWN8(32), DOWN(40), PASS },
	  .facts = { PACKET_FACTS, [7 ... 48] = PKT } },
	{ "stack: near, far, across a window", 55, .stack = 128,
	  .insns = { MOVK(1, 1), STX(BPF_DW, 10, 1, -128),
		     STX(BPF_B, 10, 1, -88), LDX(BPF_B, 2, 10, -88),
		     STX(BPF_W, 10, 1, -64), STX(BPF_H, 10, 1, -8),
		     LDX(BPF_W, 2, 10, -64), MOVX(3, 2), PASS },
	  .facts = { [1] = { .ptr.type = REG_STACK },
		     STACK,
		     STACK,
		     STACK,
		     STACK,
		     { .ptr.type = REG_STACK, .zext = true } } },
	{ "stack: where a pointer leads differs", 50, .stack = 16,
	  .insns = { CALL(7), MOVX(2, 10), ALUK(BPF_ADD, 2, -8),
		     JK(BPF_JEQ, 0, 0, 1), ALUK(BPF_ADD, 2, -8),
		     STX(BPF_DW, 2, 0, 0), STX(BPF_B, 2, 0, 1), PASS },
	  .facts = { [5] = { .ptr.type = REG_STACK,
			     .ptr.off = -16,
			     .ptr_not_const = true },
		     [6] = { .ptr.type = REG_STACK,
			     .ptr.off = -16,
			     .ptr_not_const = true } } },
	{ "map: lookup and loads", 55, .stack = 8,
	  .insns = { LOOKUP(0), LDX(BPF_W, 1, 0, 0), LDX(BPF_H, 1, 0, 4),
		     LDX(BPF_DW, 1, 0, 8), PASS },
	  .facts = { LOOKUP_FACTS, [10] = VALUE, VALUE, VALUE } },
	{ "map: the key is not at the frame's end", 51, .stack = 16,
	  .insns = { LOOKUP(0), STX(BPF_DW, 10, 0, -16), PASS },
	  .facts = { LOOKUP_FACTS, [10] = STACK } },
	{ "map: update", 55, .stack = 24,
	  .insns = { KEYS(2), ALUK(BPF_ADD, 2, -8), MOVX(3, 10),
		     ALUK(BPF_ADD, 3, -24), MOVK(4, 0), CALL(2), PASS },
	  .facts = { KEYS_FACTS, [11].arg2.off = -8 } },
	{ "map: delete, with the key at the frame's end, and not", 57,
	  .stack = 24,
	  .insns = { KEYS(2), ALUK(BPF_ADD, 2, -24), CALL(3), LDMAP(1, 2),
		     MOVX(2, 10), ALUK(BPF_ADD, 2, -8), CALL(3), PASS },
	  .facts = { KEYS_FACTS, [8].arg2.off = -24, [13].arg2.off = -8 } },
	{ "event", 43, .stack = 8,
	  .insns = { MOVK(2, 0), STX(BPF_DW, 10, 2, -8), LDMAP(2, 3),
		     LD64(3, -1, 0), MOVX(4, 10), ALUK(BPF_ADD, 4, -8),
		     MOVK(5, 8), CALL(25), PASS },
	  .facts = { [1] = STACK } },
	{ "atomic: small, large, either", 91, .stack = 8,
	  .insns = { LOOKUP(1), MOVK(1, 1), ADDX(BPF_DW, 0, 1, 0),
		     ADDX(BPF_DW, 0, 1, 8), MOVK(1, 0x10000),
		     ADDX(BPF_W, 0, 1, 0), ADDX(BPF_DW, 0, 1, 8), MOVX(6, 0),
		     CALL(7), ADDX(BPF_W, 6, 0, 0), ADDX(BPF_DW, 6, 0, 8),
		     PASS },
	  .facts = { LOOKUP_FACTS, [11] = { .xadd_maybe_16bit = true },
		     [12] = { .xadd_maybe_16bit = true },
		     [14] = { .xadd_over_16bit = true },
		     [15] = { .xadd_over_16bit = true },
		     [18] = { .xadd_over_16bit = true,
			      .xadd_maybe_16bit = true },
		     [19] = { .xadd_over_16bit = true,
			      .xadd_maybe_16bit = true } } },
	{ "adjust_head that always fits", 33, .adjust_head = 1,
	  .insns = { MOVK(2, 4), CALL(44), PASS } },
	{ "adjust_head with checks", 44, .adjust_head = UINT32_MAX,
	  .insns = { MOVK(2, 100), CALL(44), PASS } },
	{ "adjust_tail", 39, .insns = { MOVK(2, -4), CALL(65), PASS } },
	{ "queue", 33, .insns = { MOVK(2, 4), STX(BPF_W, 1, 2, 16), PASS },
	  .facts = { [1] = CTX } },
	{ "function", 33, .insns = { CALLF(2), PASS, MOVK(0, 1), EXIT } },
	{ "function that uses r6", 54, .callee_pushes = true,
	  .insns = { CALLF(2), PASS, MOVK(6, 1), MOVX(0, 6), EXIT } },
	{ "function, called with a stack", 71, .stack = 256, .callee_stack = 8,
	  .callee_pushes = true,
	  .insns = { MOVK(1, 1), STX(BPF_DW, 10, 1, -256), CALLF(2), PASS,
		     MOVK(6, 1), STX(BPF_DW, 10, 6, -8), MOVX(0, 10),
		     MOVK(0, 0), EXIT },
	  .facts = { [1] = STACK, [6] = STACK } },
	{ "function that writes to its caller's stack", 58, .stack = 16,
	  .insns = { MOVX(1, 10), ALUK(BPF_ADD, 1, -16), CALLF(2), PASS,
		     MOVK(0, 0), STX(BPF_DW, 1, 0, 8), STX(BPF_DW, 1, 0, 0),
		     EXIT },
	  .facts = { [6] = { .ptr.type = REG_STACK,
			     .ptr.off = -16,
			     .caller_frame = true },
		     [7] = { .ptr.type = REG_STACK,
			     .ptr.off = -16,
			     .caller_frame = true } } },
	{ "function that writes bytes to its caller's stack", 0, RULE_T6, 6,
	  "NFP net bpf: Translation failed with error -95 (translated: 6)",
	  .stack = 16,
	  .insns = { MOVX(1, 10), ALUK(BPF_ADD, 1, -16), CALLF(2), PASS,
		     MOVK(0, 0), STX(BPF_B, 1, 0, 1), EXIT },
	  .facts = { [6] = { .ptr.type = REG_STACK,
			     .ptr.off = -16,
			     .caller_frame = true } } },
	{ "function that nobody reaches", 29, .dead = 0x64,
	  .insns = { MOVK(1, 1), JK(BPF_JEQ, 1, 1, 1), CALLF(2), PASS,
		     MOVK(0, 1), EXIT } },
	{ "number stored", 0, RULE_T1, 0,
	  "NFP net bpf: Translation failed with error -95 (translated: 0)",
	  .stack = 8, .insns = { ST(BPF_DW, 10, -8, 0), PASS } },
	{ "another field of the context", 0, RULE_C1, 1,
	  "NFP net bpf: Translation failed with error -95 (translated: 1)",
	  .insns = { MOVK(0, 2), LDX(BPF_W, 2, 1, 12), EXIT },
	  .facts = { [1] = CTX } },
};

static struct profile card;

struct given {
	struct check_report report;
	struct checking checking;
	struct code code;
	struct facts facts;
	struct fact fact[MAX_INSNS];
	struct subprog subprogs[2];
	struct driver driver;
};

static unsigned int row_length(const struct row *row)
{
	unsigned int n = MAX_INSNS;

	while (n && row->insns[n - 1].code != (BPF_JMP | BPF_EXIT))
		n--;
	return n;
}

static void give(struct given *g, const struct row *row)
{
	unsigned int n = row_length(row);

	memset(g, 0, sizeof(*g));
	card = profile_published;
	g->code.insns = (struct bpf_insn *)row->insns;
	g->code.insn_count = n;
	g->checking.code = &g->code;
	g->checking.profile = &card;
	g->checking.report = &g->report;
	memcpy(g->fact, row->facts, sizeof(g->fact));
	for (unsigned int i = 0; i < n; i++)
		g->fact[i].reached = i >= 64 || !(row->dead >> i & 1);
	g->subprogs[0] = (struct subprog){ .told_stack = row->stack };
	g->subprogs[1] = (struct subprog){ .told_stack = row->callee_stack,
					   .pushes = row->callee_pushes };
	g->facts.insns = g->fact;
	g->facts.subprogs = g->subprogs;
	g->facts.subprog_count = 1;
	for (unsigned int i = 0; i < n; i++)
		if (row->insns[i].src_reg == BPF_PSEUDO_CALL &&
		    row->insns[i].code == (BPF_JMP | BPF_CALL))
			g->facts.subprog_count = 2;
	g->facts.adjust_head = row->adjust_head;
	g->driver.c = &g->checking;
	g->driver.facts = &g->facts;
}

static void expect_refused(const struct given *g, enum rule_id rule, int at,
			   const char *words)
{
	const struct check_finding *f = g->report.findings;

	assert_int_equal(g->report.finding_count, 1);
	assert_string_equal(f->rule->id, rules[rule].id);
	assert_int_equal(f->insn, at);
	assert_int_equal(f->err, rules[rule].err);
	assert_string_equal(f->words, words);
}

static unsigned int sum(const struct cost *cost, unsigned int count)
{
	unsigned int words = cost->fixed;

	for (unsigned int i = 0; i < count; i++)
		words += cost->words[i];
	return words;
}

static void length_is_the_drivers(void **state)
{
	struct given g;
	struct cost cost;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].name);
		give(&g, &rows[i]);
		assert_int_equal(cost_estimate(&g.driver, &cost), 0);
		if (rows[i].words)
			expect_refused(&g, rows[i].rule, rows[i].at,
				       rows[i].words);
		else
			assert_int_equal(g.report.finding_count, 0);
		assert_int_equal(cost.total, rows[i].want);
		if (rows[i].want)
			assert_int_equal(sum(&cost, g.code.insn_count),
					 cost.total);
		cost_free(&cost);
		free(g.report.findings);
	}
}

/* What makes the driver follow a null pointer, or divide by 0. */
static const struct row deadly[] = {
	{ "division by a register that holds 0", 0, RULE_U4, 2, "divide error",
	  .insns = { MOVK(1, 9), MOVK(2, 0), ALUX(BPF_DIV, 1, 2), PASS },
	  .facts = { [2] = RANGE(9, 0) } },
	{ "a copy that the program ends with", 0, RULE_U6, 8,
	  "BUG: kernel NULL pointer dereference",
	  .insns = { PACKET, MOVK(0, 2), COPY(BPF_W, 0), EXIT },
	  .facts = { PACKET_FACTS, [8] = PKT, PKT } },
};

static void what_the_driver_dies_of_is_refused(void **state)
{
	struct given g;
	struct cost cost;

	(void)state;
	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++) {
		print_message("%s\n", deadly[i].name);
		give(&g, &deadly[i]);
		assert_int_equal(cost_estimate(&g.driver, &cost), 0);
		assert_int_equal(cost.total, 0);
		expect_refused(&g, deadly[i].rule, deadly[i].at,
			       deadly[i].words);
		cost_free(&cost);
		free(g.report.findings);
	}
}

static void length_has_a_limit(void **state)
{
	static const struct row row = { .insns = { MOVK(1, 1), PASS } };
	struct given g;
	struct cost cost;

	(void)state;
	give(&g, &row);
	card.max_insns = 28;
	assert_int_equal(cost_estimate(&g.driver, &cost), 0);
	assert_int_equal(cost.total, 28);
	assert_int_equal(g.report.finding_count, 0);
	cost_free(&cost);

	card.max_insns = 27;
	assert_int_equal(cost_estimate(&g.driver, &cost), 0);
	assert_int_equal(cost.total, 28);
	expect_refused(&g, RULE_T3, -1,
		       "NFP net bpf: instruction limit reached (27 NFP "
		       "instructions)");
	cost_free(&cost);
	free(g.report.findings);
}

/* Where the driver finds it too long it ends; we count on. */
static void what_is_too_long_is_counted_to_its_end(void **state)
{
	static const struct row row = { .insns = { MOVK(1, 1), PASS } };
	struct given g;
	struct cost cost;

	(void)state;
	give(&g, &row);
	card.max_insns = 5;
	assert_int_equal(cost_estimate(&g.driver, &cost), 0);
	expect_refused(&g, RULE_T3, 1,
		       "NFP net bpf: instruction limit reached (5 NFP "
		       "instructions)");
	assert_int_equal(cost.total, 28);
	assert_int_equal(sum(&cost, g.code.insn_count), 28);
	cost_free(&cost);
	free(g.report.findings);
}

/* A store of a constant, which is refused where it is come to (T1). */
static void what_is_wrong_behind_the_limit_is_not_come_to(void **state)
{
	static const struct row row = {
		.stack = 8,
		.insns = { MOVK(1, 1), ST(BPF_DW, 10, -8, 0), PASS },
	};
	struct given g;
	struct cost cost;

	(void)state;
	give(&g, &row);
	card.max_insns = 3;
	assert_int_equal(cost_estimate(&g.driver, &cost), 0);
	expect_refused(&g, RULE_T3, 0,
		       "NFP net bpf: instruction limit reached (3 NFP "
		       "instructions)");
	assert_int_equal(cost.total, 0);
	cost_free(&cost);
	free(g.report.findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(length_is_the_drivers),
		cmocka_unit_test(what_the_driver_dies_of_is_refused),
		cmocka_unit_test(length_has_a_limit),
		cmocka_unit_test(what_is_too_long_is_counted_to_its_end),
		cmocka_unit_test(what_is_wrong_behind_the_limit_is_not_come_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
