/* SPDX-License-Identifier: GPL-2.0-only */
/* Atomic operations (nfp driver, bpf/verifier.c nfp_bpf_check_atomic()). */
#include <errno.h>

#include "driver_insn.h"

#define ADDEND_16BIT 0xffff

int visit_atomic(const struct visit *v)
{
	const struct reg *src = state_reg(v->s, v->insn->src_reg);
	const struct reg *dst = state_reg(v->s, v->insn->dst_reg);
	const struct tnum *addend = &src->var.bits;

	if (v->insn->imm != BPF_ADD)
		return refuse(v, RULE_X1, EOPNOTSUPP,
			      "atomic op not implemented: %d", v->insn->imm);
	if (dst->type != REG_MAP_VALUE)
		return refuse(v, RULE_X2, EOPNOTSUPP,
			      "atomic add not to a map value pointer: %d",
			      TYPE_NUMBER(v, dst));
	if (src->type != REG_SCALAR)
		return refuse(v, RULE_X3, EOPNOTSUPP,
			      "atomic add not of a scalar: %d",
			      TYPE_NUMBER(v, src));
	if (addend->value > ADDEND_16BIT || addend->mask > ADDEND_16BIT)
		v->fact->xadd_over_16bit = true;
	if ((addend->value & ~addend->mask) <= ADDEND_16BIT)
		v->fact->xadd_maybe_16bit = true;
	return visit_pointer(v, v->insn->dst_reg);
}
