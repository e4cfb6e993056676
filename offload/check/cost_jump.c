/* SPDX-License-Identifier: GPL-2.0-only */
/* Jumps. Comparing 64 bits is comparing 32 of them twice. */
#include "cost_work.h"

static bool is_64(const struct cost_insn *i)
{
	return BPF_CLASS(i->insn.code) == BPF_JMP;
}

static bool by_register(const struct cost_insn *i)
{
	return BPF_SRC(i->insn.code) == BPF_X;
}

static uint32_t upper(int32_t imm)
{
	return imm < 0 ? UINT32_MAX : 0;
}

/* bpf/jit.c jeq_imm(), jeq32_imm(), jeq_reg() */
static int equal(const struct cost_insn *i)
{
	int32_t imm = i->insn.imm;
	int cost = 2;

	if (by_register(i))
		return is_64(i) ? 4 : 2;
	if (!is_64(i))
		return cost_operand(imm) + 2;
	if (imm)
		cost += cost_operand(imm) + 1;
	if (upper(imm))
		cost += cost_operand(upper(imm)) + 1;
	return cost;
}

/* bpf/jit.c jne_imm(), jne_reg() */
static int not_equal(const struct cost_insn *i)
{
	int32_t imm = i->insn.imm;

	if (by_register(i))
		return is_64(i) ? 4 : 2;
	if (!imm)
		return 2;
	if (!is_64(i))
		return cost_operand(imm) + 2;
	return cost_operand(imm) + 2 + cost_operand(upper(imm)) + 2;
}

/* bpf/jit.c jset_imm(), jset_reg() */
static int any_bit(const struct cost_insn *i)
{
	int32_t imm = i->insn.imm;

	if (by_register(i))
		return is_64(i) ? 4 : 2;
	return cost_operand(imm) + 2 + (is_64(i) && upper(imm) ? 1 : 0);
}

/* bpf/jit.c cmp_imm(), cmp_reg() */
static int ordered(const struct cost_insn *i)
{
	int32_t imm = i->insn.imm;

	if (by_register(i))
		return is_64(i) ? 3 : 2;
	if (!is_64(i))
		return cost_operand(imm) + 2;
	return cost_operand(imm) + cost_operand(upper(imm)) + 3;
}

/* To the outro, or back to the caller (bpf/jit.c goto_out(),
 * nfp_subprog_epilogue(): with registers to restore or without).
 */
static int leave(const struct cost_insn *i)
{
	return i->subprog ? 2 : 1;
}

int cost_jump(struct cost_work *w, const struct cost_insn *i)
{
	switch (BPF_OP(i->insn.code)) {
	case BPF_JA: /* bpf/jit.c jump() */
		return is_64(i) ? 1 : -ENOENT;
	case BPF_CALL:
		return is_64(i) ? cost_call(w, i) : -ENOENT;
	case BPF_EXIT:
		return is_64(i) ? leave(i) : -ENOENT;
	case BPF_JEQ:
		return equal(i);
	case BPF_JNE:
		return not_equal(i);
	case BPF_JSET:
		return any_bit(i);
	case BPF_JGT:
	case BPF_JGE:
	case BPF_JLT:
	case BPF_JLE:
	case BPF_JSGT:
	case BPF_JSGE:
	case BPF_JSLT:
	case BPF_JSLE:
		return ordered(i);
	}
	return -ENOENT;
}
