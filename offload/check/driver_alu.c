/* SPDX-License-Identifier: GPL-2.0-only */
/* Ranges of operands, over all visits (nfp driver, bpf/verifier.c
 * nfp_bpf_check_alu()).
 */
#include <errno.h>

#include "driver_insn.h"

static void note_ranges(const struct visit *v)
{
	const struct scalar *src = &state_reg(v->s, v->insn->src_reg)->var;
	const struct scalar *dst = &state_reg(v->s, v->insn->dst_reg)->var;
	struct fact *f = v->fact;

	if (src->umin < f->umin_src)
		f->umin_src = src->umin;
	if (src->umax > f->umax_src)
		f->umax_src = src->umax;
	if (dst->umin < f->umin_dst)
		f->umin_dst = dst->umin;
	if (dst->umax > f->umax_dst)
		f->umax_dst = dst->umax;
}

static int visit_mul(const struct visit *v)
{
	bool is_register = BPF_SRC(v->insn->code) == BPF_X;

	if (v->fact->umax_dst > UINT32_MAX)
		return refuse(v, RULE_A1, EINVAL,
			      "multiplier is not within u32 value range");
	if (is_register && v->fact->umax_src > UINT32_MAX)
		return refuse(v, RULE_A1, EINVAL,
			      "multiplicand is not within u32 value range");
	if (!is_register && BPF_CLASS(v->insn->code) == BPF_ALU64 &&
	    v->insn->imm < 0)
		return refuse(v, RULE_A1, EINVAL,
			      "sign extended multiplicand won't be within u32 "
			      "value range");
	return 0;
}

static int visit_div(const struct visit *v)
{
	bool is_register = BPF_SRC(v->insn->code) == BPF_X;

	if (v->fact->umax_dst > UINT32_MAX)
		return refuse(v, RULE_A2, EINVAL,
			      "dividend is not within u32 value range");
	if (is_register && v->fact->umin_src != v->fact->umax_src)
		return refuse(v, RULE_A2, EINVAL, "divisor is not constant");
	if (is_register && v->fact->umax_src > UINT32_MAX)
		return refuse(v, RULE_A2, EINVAL,
			      "divisor is not within u32 value range");
	if (!is_register && v->insn->imm < 0)
		return refuse(v, RULE_A2, EINVAL,
			      "divide by negative constant is not supported");
	return 0;
}

int visit_alu(const struct visit *v)
{
	note_ranges(v);
	if (BPF_OP(v->insn->code) == BPF_MUL)
		return visit_mul(v);
	if (BPF_OP(v->insn->code) == BPF_DIV)
		return visit_div(v);
	return 0;
}
