/* SPDX-License-Identifier: GPL-2.0-only */
/* Which values are read later, and which of them as 64 bits: where a 32-bit
 * result is, the card's driver has to clear the upper half (kernel/bpf/
 * verifier.c check_reg_arg(), mark_reg_read(), mark_insn_zext()).
 */
#include <errno.h>

#include "walk_private.h"

void live_read(struct reg *reg, struct reg *parent, unsigned char how)
{
	bool writes = parent == reg->parent;

	while (parent) {
		if (writes && reg->live & LIVE_WRITTEN)
			return;
		if ((parent->live & LIVE_READ) == how ||
		    parent->live & LIVE_READ64)
			return;
		parent->live |= how;
		if (how == LIVE_READ64)
			parent->live &= ~LIVE_READ32;
		reg = parent;
		parent = reg->parent;
		writes = true;
	}
}

/* Is a register used as 64 bits by an instruction? @read: as a source. */
static bool jump_uses_64(const struct bpf_insn *insn, bool read)
{
	if (BPF_OP(insn->code) != BPF_CALL)
		return true;
	return insn->src_reg != BPF_PSEUDO_CALL && read;
}

static bool uses_64(const struct bpf_insn *insn, const struct reg *reg,
		    bool read)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_JMP:
		return jump_uses_64(insn, read);
	case BPF_ALU:
		return BPF_OP(insn->code) == BPF_END && insn->imm == 64;
	case BPF_JMP32:
		return false;
	case BPF_LDX:
		return read || BPF_SIZE(insn->code) == BPF_DW ||
		       BPF_MODE(insn->code) == 0x80;
	case BPF_STX:
		return (read && reg->type != REG_SCALAR) ||
		       BPF_SIZE(insn->code) == BPF_DW;
	case BPF_LD:
		return BPF_MODE(insn->code) == BPF_IMM || read;
	}
	return true;
}

enum step_result arg_read(struct walk *w, unsigned int number)
{
	const struct bpf_insn *insn = walk_insn(w);
	struct reg *reg;
	bool wide;

	if (number >= FRAME_REGS)
		return refuse(w, RULE_V7, EINVAL, "R%u is invalid", number);
	reg = walk_reg(w, number);
	if (reg->type == REG_NOT_INIT)
		return refuse(w, RULE_V3, EACCES, "R%u !read_ok", number);
	if (number == BPF_REG_10)
		return STEP_NEXT;
	wide = uses_64(insn, reg, true);
	if (wide && reg->half) {
		w->facts->insns[reg->half_insn].zext = true;
		reg->half = false;
	}
	live_read(reg, reg->parent, wide ? LIVE_READ64 : LIVE_READ32);
	return STEP_NEXT;
}

enum step_result arg_write(struct walk *w, unsigned int number)
{
	struct reg *reg;

	if (number >= FRAME_REGS)
		return refuse(w, RULE_V7, EINVAL, "R%u is invalid", number);
	if (number == BPF_REG_10)
		return refuse(w, RULE_V3, EACCES, "frame pointer is read only");
	reg = walk_reg(w, number);
	reg->live |= LIVE_WRITTEN;
	reg->half = !uses_64(walk_insn(w), reg, false);
	reg->half_insn = w->insn;
	return STEP_NEXT;
}
