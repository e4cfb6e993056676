/* SPDX-License-Identifier: GPL-2.0-only */
/* Arithmetic. A BPF register is two of the NFP's, 32 bits each. */
#include "cost_work.h"

static bool is_64(const struct cost_insn *i)
{
	return BPF_CLASS(i->insn.code) == BPF_ALU64;
}

static bool by_register(const struct cost_insn *i)
{
	return BPF_SRC(i->insn.code) == BPF_X;
}

/* Upper half of an immediate, which BPF extends by its sign. */
static uint32_t upper(int32_t imm)
{
	return imm < 0 ? UINT32_MAX : 0;
}

/* One half (bpf/jit.c wrp_alu_imm()): and, or and xor with no bits or all of
 * them need no number.
 */
static int half_with_number(unsigned int op, uint32_t imm)
{
	switch (op) {
	case BPF_AND:
		if (!imm || !~imm)
			return imm ? 0 : 1;
		break;
	case BPF_OR:
	case BPF_XOR:
		if (!imm || !~imm)
			return imm ? 1 : 0;
		break;
	}
	return cost_operand(imm) + 1;
}

/* bpf/jit.c wrp_alu64_imm(), wrp_alu64_reg(), wrp_alu32_imm(),
 * wrp_alu32_reg(), add_imm64(), sub_imm64() and their like.
 */
static int plain(const struct cost_insn *i)
{
	unsigned int op = BPF_OP(i->insn.code);
	int32_t imm = i->insn.imm;

	if (by_register(i))
		return is_64(i) ? 2 : 1 + cost_zext(i);
	if (!is_64(i))
		return half_with_number(op, imm) + cost_zext(i);
	return half_with_number(op, imm) + half_with_number(op, upper(imm));
}

/* bpf/jit.c mov_reg64(), mov_imm64(), mov_reg(), mov_imm(). No register holds
 * r10: it is the stack's start and the size of the frame.
 */
static int move(const struct cost_work *w, const struct cost_insn *i)
{
	if (!by_register(i) && is_64(i))
		return cost_immed(i->insn.imm) + cost_immed(upper(i->insn.imm));
	if (!by_register(i))
		return cost_immed(i->insn.imm) + 1;
	if (is_64(i) && i->insn.src_reg == BPF_REG_10)
		return cost_operand(w->frame) + 2;
	return 2;
}

/* bpf/jit.c wrp_mul() */
static int multiply(const struct cost_insn *i)
{
	uint32_t left = i->fact->umax_dst, right = i->insn.imm;
	int load = 0;

	if (by_register(i))
		right = i->fact->umax_src;
	else
		load = cost_operand(i->insn.imm);
	return load + (left > UINT16_MAX || right > UINT16_MAX ? 7 : 4);
}

/* bpf/jit.c div_imm64(), div_reg64(); a register is known to be constant. */
static int divide(const struct cost_insn *i)
{
	return cost_divide(by_register(i) ? i->fact->umin_src
					  : (uint64_t)i->insn.imm);
}

/* To big endian (bpf/jit.c end_reg32()). */
static int swap(const struct cost_insn *i)
{
	if (is_64(i) || !by_register(i))
		return -ENOENT;
	return i->insn.imm == 64 ? 5 : 3;
}

int cost_alu(struct cost_work *w, const struct cost_insn *i)
{
	switch (BPF_OP(i->insn.code)) {
	case BPF_ADD:
	case BPF_SUB:
	case BPF_AND:
	case BPF_OR:
	case BPF_XOR:
		return plain(i);
	case BPF_MOV:
		return move(w, i);
	case BPF_MUL:
		return multiply(i);
	case BPF_DIV:
		return divide(i);
	case BPF_NEG: /* bpf/jit.c neg_reg64(), neg_reg() */
		return is_64(i) ? 2 : 1 + cost_zext(i);
	case BPF_LSH:
	case BPF_RSH:
	case BPF_ARSH:
		return cost_shift(i);
	case BPF_END:
		return swap(i);
	}
	return -ENOENT;
}
