/* SPDX-License-Identifier: GPL-2.0-only */
/* Moves of constants and registers (kernel/bpf/verifier.c check_alu_op()). */
#include <errno.h>

#include "walk_private.h"

/* Before a number is copied: both are to be known as the same. */
static void give_id(struct walk *w, struct reg *reg)
{
	if (reg->type != REG_SCALAR)
		return;
	if (reg->id & ID_PLUS)
		reg_drop_id(reg);
	if (!reg->id && (!walk_is_new(w) || !tnum_is_const(reg->var.bits)))
		reg->id = ++w->ids;
}

/* Sign-extending moves have the bits to extend in off. */
static bool mov_off_known(const struct walk *w, const struct bpf_insn *insn)
{
	if (!insn->off)
		return true;
	if (!walk_is_new(w) || !insn_by_reg(insn))
		return false;
	return insn->off == 8 || insn->off == 16 ||
	       (insn->off == 32 && !insn_is_32(insn));
}

static void move_64(struct walk *w, struct reg *dst, struct reg *src,
		    int extend)
{
	bool keeps = !extend || src->var.umax < 1ull << (extend - 1);

	if (extend && src->type != REG_SCALAR) {
		reg_unknown(dst);
		return;
	}
	if (keeps)
		give_id(w, src);
	reg_copy(dst, src);
	if (!keeps)
		reg_drop_id(dst);
	if (extend) {
		scalar_sign_extend(&dst->var, extend / 8, w->kernel);
		dst->result_of = 0;
	}
	dst->half = false;
}

static void move_32(struct walk *w, struct reg *dst, struct reg *src,
		    int extend)
{
	bool keeps = extend ? src->var.umax < 1ull << (extend - 1)
			    : reg_width(src) <= 32;

	if (src->type != REG_SCALAR) {
		reg_unknown(dst);
		scalar_zext32(&dst->var, w->kernel);
		return;
	}
	if (!walk_is_new(w))
		keeps = false;
	if (keeps)
		give_id(w, src);
	reg_copy(dst, src);
	if (!keeps)
		reg_drop_id(dst);
	dst->half = true;
	dst->half_insn = w->insn;
	if (extend) {
		scalar_sign_extend32(&dst->var, extend / 8, w->kernel);
		dst->result_of = 0;
	} else {
		scalar_zext32(&dst->var, w->kernel);
	}
}

/* Memory that is shared with user space, for which 1 in off is a cast. */
static enum step_result cast(struct walk *w, int imm)
{
	if (imm != 1 && imm != 1 << 16)
		return refuse(w, RULE_V7, EINVAL,
			      "addr_space_cast insn can only convert between "
			      "address space 1 and 0");
	return refuse(w, RULE_V7, EINVAL,
		      "addr_space_cast insn can only be used in a program "
		      "that has an associated arena");
}

enum step_result step_move(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	enum step_result result;
	struct reg *dst, *src;

	if (walk_is_new(w) && !insn_is_32(insn) && insn_by_reg(insn) &&
	    insn->off == 1)
		return cast(w, insn->imm);
	if (!mov_off_known(w, insn) ||
	    (insn_by_reg(insn) ? insn->imm != 0 : insn->src_reg != 0))
		return reserved_fields(w, "BPF_MOV");
	result = insn_by_reg(insn) ? arg_read(w, insn->src_reg) : STEP_NEXT;
	if (result != STEP_NEXT)
		return result;
	result = arg_write(w, insn->dst_reg);
	if (result != STEP_NEXT)
		return result;
	dst = walk_reg(w, insn->dst_reg);
	if (!insn_by_reg(insn)) {
		reg_known(dst, insn_is_32(insn) ? (uint32_t)insn->imm
						: (uint64_t)(int64_t)insn->imm);
		return STEP_NEXT;
	}
	src = walk_reg(w, insn->src_reg);
	if (insn_is_32(insn))
		move_32(w, dst, src, insn->off);
	else
		move_64(w, dst, src, insn->off);
	return STEP_NEXT;
}
