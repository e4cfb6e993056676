/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads and stores (nfp driver, bpf/verifier.c nfp_bpf_check_ptr(),
 * nfp_bpf_check_stack_access(), nfp_bpf_check_store()). What is noted before a
 * refusal stays noted, as in the driver.
 */
#include <errno.h>
#include <stddef.h>

#include "profile.h"
#include "driver_insn.h"

static int32_t pointer_offset(const struct reg *reg)
{
	return (int32_t)((uint64_t)reg->off + reg->var.bits.value);
}

static int visit_stack(const struct visit *v, const struct reg *reg)
{
	int32_t was, is;

	if (reg->frame != v->s->current)
		v->fact->caller_frame = true;
	if (!tnum_is_const(reg->var.bits))
		return refuse(v, RULE_M5, EINVAL, "variable ptr stack access");
	if (v->fact->ptr.type == REG_NOT_INIT)
		return 0;
	was = pointer_offset(&v->fact->ptr);
	is = pointer_offset(reg);
	if (was != is)
		v->fact->ptr_not_const = true;
	if (!v->fact->ptr_not_const || was % 4 == is % 4)
		return 0;
	return refuse(v, RULE_M5, EINVAL,
		      "stack access changed location was:%d is:%d", was, is);
}

static int visit_value(const struct visit *v, const struct reg *reg)
{
	unsigned char code = v->insn->code;

	if (BPF_CLASS(code) == BPF_LDX)
		return map_mark_used(v, reg, MAP_READ);
	if (BPF_MODE(code) == BPF_ATOMIC)
		return map_mark_used(v, reg, MAP_ATOMIC);
	return refuse_map(v, reg, RULE_M8, EOPNOTSUPP,
			  "map writes not supported");
}

int visit_pointer(const struct visit *v, unsigned int number)
{
	const struct reg *reg = state_reg(v->s, number);
	const struct reg *was = &v->fact->ptr;
	int err = 0;

	if (reg->type != REG_CTX && reg->type != REG_STACK &&
	    reg->type != REG_MAP_VALUE && reg->type != REG_PACKET)
		return refuse(v, RULE_M1, EINVAL, "unsupported ptr type: %d",
			      TYPE_NUMBER(v, reg));
	if (reg->type == REG_STACK)
		err = visit_stack(v, reg);
	else if (reg->type == REG_MAP_VALUE)
		err = visit_value(v, reg);
	if (err)
		return err;
	if (was->type != REG_NOT_INIT && was->type != reg->type)
		return refuse(v, RULE_M2, EINVAL,
			      "ptr type changed for instruction %d -> %d",
			      TYPE_NUMBER(v, was), TYPE_NUMBER(v, reg));
	v->fact->ptr = *reg;
	return 0;
}

int visit_store(const struct visit *v)
{
	const struct code *code = v->d->c->code;
	unsigned int dst = v->insn->dst_reg;

	if (state_reg(v->s, dst)->type != REG_CTX)
		return visit_pointer(v, dst);
	if (code->type != BPF_PROG_TYPE_XDP ||
	    v->insn->off != offsetof(struct xdp_md, rx_queue_index))
		return refuse(v, RULE_C2, EOPNOTSUPP,
			      "unsupported store to context field");
	if (!v->d->c->profile->queue_select)
		return refuse(v, RULE_C2, EOPNOTSUPP,
			      "queue selection not supported by FW");
	return visit_pointer(v, dst);
}
