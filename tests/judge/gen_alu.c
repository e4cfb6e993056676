/* SPDX-License-Identifier: GPL-2.0-only */
#include "gen.h"

/* A bound on the result that is not too low, where it is easy to tell. */
static uint64_t result_max(unsigned int op, uint64_t a, uint64_t b, bool is_k)
{
	switch (op) {
	case BPF_ADD:
		return a + b < a ? UINT64_MAX : a + b;
	case BPF_AND:
		return a < b ? a : b;
	case BPF_RSH:
		return is_k && b < 64 ? a >> b : a;
	case BPF_OR:
	case BPF_XOR:
		a |= b;
		return a ? UINT64_MAX >> __builtin_clzll(a) : 0;
	case BPF_MOV:
		return b;
	}
	return UINT64_MAX;
}

/* The verifier takes the result for any 64 bits, also where it has 32. */
static bool is_forgotten(unsigned int op, bool is_k)
{
	return op == BPF_NEG || op == BPF_DIV || op == BPF_MOD ||
	       (!is_k && (op == BPF_LSH || op == BPF_RSH || op == BPF_ARSH));
}

static void write(struct gen *g, bool is32, unsigned int op, unsigned int dst,
		  int src, int32_t imm)
{
	uint8_t code =
		(is32 ? BPF_ALU : BPF_ALU64) | op | (src < 0 ? BPF_K : BPF_X);
	uint64_t b = src < 0 ? (uint64_t)(int64_t)imm : UINT64_MAX;
	uint64_t a = dst < 10 ? g->env.r[dst].max : 0;

	if (src >= 0 && src < 10)
		b = g->env.r[src].max;
	gen_emit(g, code, dst, src < 0 ? 0 : src, 0, src < 0 ? imm : 0);
	a = result_max(op, a, b, src < 0);
	if (is32 && a > UINT32_MAX)
		a = UINT32_MAX;
	if (is_forgotten(op, src < 0))
		a = UINT64_MAX;
	gen_set(g, dst, (struct value){ .kind = NUMBER, .max = a });
}

/* A number that may be changed. */
static unsigned int operand(struct gen *g)
{
	unsigned int reg = gen_number(g);

	if (!(g->locked >> reg & 1) && !gen_one_in(g, 3))
		return reg;
	for (unsigned int dst = gen_target(g);;) {
		if (dst != reg)
			gen_move(g, dst, reg);
		return dst;
	}
}

static void endian(struct gen *g)
{
	static const uint8_t widths[] = { 16, 32, 64 };
	unsigned int dst = operand(g), width = widths[gen_below(g, 3)];
	bool little = gen_fault(g, 60);
	bool swap = gen_fault(g, 150);

	if (gen_sloppy(g))
		width = gen_imm(g);
	gen_emit(g,
		 (swap ? BPF_ALU64 : BPF_ALU) | BPF_END |
			 (little || swap ? BPF_TO_LE : BPF_TO_BE),
		 dst, 0, 0, width);
	gen_set(g, dst, (struct value){ .kind = NUMBER, .max = UINT64_MAX });
}

static void move(struct gen *g)
{
	unsigned int dst = gen_target(g);
	uint64_t wide = gen_random(g);

	switch (gen_below(g, 4)) {
	case 0:
		gen_imm64(g, dst, 0, wide >> gen_below(g, 64));
		gen_set(g, dst,
			(struct value){ .kind = NUMBER, .max = UINT64_MAX });
		return;
	case 1:
		gen_constant(g, dst, gen_imm(g));
		return;
	case 2:
		write(g, true, BPF_MOV, dst, gen_number(g), 0);
		return;
	}
	gen_move(g, dst, gen_number(g));
}

void gen_multiply(struct gen *g)
{
	unsigned int dst = operand(g), src;
	uint64_t max = gen_one_in(g, 2) ? 0xffff : UINT32_MAX;
	bool is32 = gen_one_in(g, 2);
	int32_t imm = gen_imm(g);

	if (g->clean || (g->env.r[dst % 10].max > max && !gen_fault(g, 12)))
		gen_bound(g, dst, max);
	if (gen_one_in(g, 2)) {
		if (!is32 && imm < 0 && !gen_fault(g, 12))
			imm = imm == INT32_MIN ? 77 : -imm;
		write(g, is32, BPF_MUL, dst, -1, imm);
		return;
	}
	src = gen_fault(g, 12) ? gen_number(g) : gen_bounded(g, max);
	if (g->clean)
		gen_bound(g, src, max);
	write(g, is32, BPF_MUL, dst, src, 0);
}

void gen_divide(struct gen *g)
{
	unsigned int dst = operand(g), src = gen_target(g);
	bool is32 = gen_one_in(g, 2);
	int32_t imm = gen_imm(g);

	if (g->clean ||
	    (g->env.r[dst % 10].max > UINT32_MAX && !gen_fault(g, 12)))
		gen_bound(g, dst, UINT32_MAX);
	if ((imm <= 0 || gen_one_in(g, 4)) && !gen_fault(g, 8))
		imm = 1 << gen_below(g, 31);
	if (gen_one_in(g, 2) || src == dst) {
		write(g, is32, BPF_DIV, dst, -1, imm);
		return;
	}
	if (!gen_fault(g, 10))
		gen_constant(g, src, imm ?: 1);
	else
		src = gen_number(g);
	if (g->locked >> src & 1 || src == dst || src > 9)
		return;
	/* Of a divisor that is known to be 0 the driver makes a division by 0
	 * in the kernel (bpf/jit.c, wrp_div_imm()).
	 */
	write(g, false, BPF_OR, src, -1, 1);
	write(g, is32, BPF_DIV, dst, src, 0);
}

void gen_shift(struct gen *g)
{
	static const uint8_t ops[] = { BPF_LSH, BPF_RSH, BPF_ARSH };
	unsigned int dst = operand(g), op = ops[gen_below(g, 3)], src;
	bool is32 = gen_one_in(g, 2);
	unsigned int bits = is32 ? 32 : 64;

	if (gen_one_in(g, 2)) {
		write(g, is32, op, dst, -1,
		      gen_sloppy(g) ? gen_imm(g) : (int)gen_below(g, bits));
		return;
	}
	src = gen_one_in(g, 3) ? gen_number(g) : gen_bounded(g, bits - 1);
	/* From 32 on the driver has another shape. */
	if (!is32 && gen_one_in(g, 3) && src != dst &&
	    !(g->locked >> src & 1)) {
		gen_bound(g, src, 31);
		write(g, false, BPF_OR, src, -1, 32);
	}
	write(g, is32, op, dst, src, 0);
}

void gen_alu(struct gen *g)
{
	static const uint8_t ops[] = { BPF_ADD, BPF_SUB, BPF_AND,
				       BPF_OR,	BPF_XOR, BPF_MOV };
	unsigned int op = ops[gen_below(g, COUNT(ops))], dst;
	bool is32 = gen_one_in(g, 2);

	if (gen_one_in(g, 10)) {
		endian(g);
		return;
	}
	if (op == BPF_MOV) {
		move(g);
		return;
	}
	if (gen_fault(g, 150))
		op = BPF_MOD;
	dst = operand(g);
	if (gen_one_in(g, 14))
		write(g, is32, BPF_NEG, dst, -1, 0);
	else if (gen_one_in(g, 2))
		write(g, is32, op, dst, -1, gen_imm(g));
	else
		write(g, is32, op, dst, gen_number(g), 0);
}
