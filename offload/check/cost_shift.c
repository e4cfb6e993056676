/* SPDX-License-Identifier: GPL-2.0-only */
/* Shifts, by numbers and by registers of which a range is known. */
#include "cost_work.h"

/* An NFP instruction shifts by at most 31; the driver meets more only where a
 * register is known to hold it (bpf/jit.c __emit_shf()).
 */
#define SHIFT_MAX 31

/* bpf/jit.c __shl_imm64(), __shr_imm64(), __ashr_imm64(); they take the
 * amount as a byte.
 */
static int by_number_64(unsigned int op, uint8_t amount)
{
	if (!amount)
		return 0;
	if (amount > 32 + SHIFT_MAX)
		return -EFAULT;
	return op == BPF_ARSH && amount != 32 ? 3 : 2;
}

/* bpf/jit.c __shl_imm(), __shr_imm(), __ashr_imm() */
static int by_number_32(const struct cost_insn *i, uint8_t amount)
{
	int shift = BPF_OP(i->insn.code) == BPF_ARSH ? 2 : 1;

	if (amount > SHIFT_MAX)
		return -EFAULT;
	return (amount ? shift : 0) + cost_zext(i);
}

static int by_number(const struct cost_insn *i, uint64_t amount)
{
	if (BPF_CLASS(i->insn.code) == BPF_ALU)
		return by_number_32(i, amount);
	return by_number_64(BPF_OP(i->insn.code), amount);
}

/* bpf/jit.c shl_reg64(), shr_reg64(), ashr_reg64() and the same without 64 */
int cost_shift(const struct cost_insn *i)
{
	bool left = BPF_OP(i->insn.code) == BPF_LSH;
	uint64_t min = i->fact->umin_src, max = i->fact->umax_src;

	if (BPF_SRC(i->insn.code) == BPF_K)
		return by_number(i, i->insn.imm);
	if (min == max)
		return by_number(i, min);
	if (BPF_CLASS(i->insn.code) == BPF_ALU)
		return 2 + cost_zext(i);
	if (max < 32)
		return left ? 5 : 4;
	if (min >= 32)
		return 3;
	return left ? 10 : 9;
}
