/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver's small passes. Those for classic packet loads, nfp_bpf_opt_
 * ld_mask() and nfp_bpf_opt_ld_shift(), find nothing in an XDP program.
 */
#include "cost_work.h"

/* The context needs no register, so that a copy of it into r6 goes, where
 * nothing comes before it (bpf/jit.c nfp_bpf_opt_reg_init()).
 */
static void drop_context_copy(struct cost_work *w)
{
	for (unsigned int n = 0; n < w->count; n++) {
		struct cost_insn *i = &w->insns[n];

		if (i->insn.code == (BPF_ALU64 | BPF_XOR | BPF_X) &&
		    i->insn.src_reg == i->insn.dst_reg)
			continue;
		if (i->insn.code == (BPF_ALU64 | BPF_MOV | BPF_X) &&
		    i->insn.src_reg == BPF_REG_1 &&
		    i->insn.dst_reg == BPF_REG_6)
			i->folded = true;
		if (!cost_skipped(i))
			return;
	}
}

static int32_t negative(int32_t imm)
{
	return (int32_t) - (uint32_t)imm;
}

static void negate_jump(struct cost_insn *i)
{
	switch (BPF_OP(i->insn.code)) {
	case BPF_JGE:
	case BPF_JSGE:
	case BPF_JLT:
	case BPF_JSLT:
		i->negated = true;
		i->insn.imm = negative(i->insn.imm);
	}
}

static void negate_alu(struct cost_insn *i)
{
	unsigned int op = BPF_OP(i->insn.code);

	if (op != BPF_ADD && op != BPF_SUB)
		return;
	i->insn.code = BPF_CLASS(i->insn.code) | BPF_K |
		       (op == BPF_ADD ? BPF_SUB : BPF_ADD);
	i->insn.imm = negative(i->insn.imm);
}

/* A small number fits an operand, a small negative one does not
 * (bpf/jit.c nfp_bpf_opt_neg_add_sub()).
 */
static void negate(struct cost_insn *i)
{
	unsigned int class = BPF_CLASS(i->insn.code);

	if (cost_skipped(i) || BPF_SRC(i->insn.code) != BPF_K ||
	    i->insn.imm >= 0)
		return;
	if (cost_is_jump_class(i))
		negate_jump(i);
	else if (class == BPF_ALU || class == BPF_ALU64)
		negate_alu(i);
}

void cost_peephole(struct cost_work *w)
{
	drop_context_copy(w);
	for (unsigned int n = 0; n < w->count; n++)
		negate(&w->insns[n]);
}
