/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls of helpers (nfp driver, bpf/verifier.c nfp_bpf_check_helper_call()).
 * The driver takes a call of a kernel function for one of a helper, too.
 */
#include <errno.h>
#include <stdio.h>

#include "profile.h"
#include "driver_insn.h"

#define TNUM_TEXT 48

static const struct reg *arg(const struct visit *v, unsigned int n)
{
	return state_reg(v->s, n);
}

static int64_t stack_offset(const struct reg *reg)
{
	return (int64_t)(reg->var.bits.value + (uint64_t)(int64_t)reg->off);
}

/* A key, a value, or data of an event, on the stack. */
static int stack_arg(const struct visit *v, enum rule_id rule, const char *who,
		     const struct reg *reg)
{
	int64_t off = stack_offset(reg);

	if (reg->type != REG_STACK)
		return refuse(v, rule, EOPNOTSUPP,
			      "%s: unsupported ptr type %d", who,
			      TYPE_NUMBER(v, reg));
	if (!tnum_is_const(reg->var.bits))
		return refuse(v, rule, EOPNOTSUPP, "%s: variable pointer", who);
	if (off % 4)
		return refuse(v, rule, EOPNOTSUPP,
			      "%s: unaligned stack pointer %lld", who,
			      (long long)-off);
	return 0;
}

static int key_arg(const struct visit *v, enum rule_id rule, const char *who,
		   unsigned int helper)
{
	const struct reg *key = arg(v, BPF_REG_2);
	int err;

	if (!(v->d->c->profile->helpers & helper))
		return refuse_map(v, arg(v, BPF_REG_1), rule, EOPNOTSUPP,
				  "%s: not supported by FW", who);
	err = stack_arg(v, rule, who, key);
	if (!err && v->fact->helper &&
	    stack_offset(key) != stack_offset(&v->fact->arg2))
		v->fact->arg2_varies = true;
	return err;
}

static int visit_update(const struct visit *v)
{
	int err = key_arg(v, RULE_F2, "map_update", PROFILE_MAP_UPDATE);

	if (!err)
		err = stack_arg(v, RULE_F2, "map_update", arg(v, BPF_REG_3));
	if (!err)
		err = map_update_value(v, arg(v, BPF_REG_1), arg(v, BPF_REG_3));
	return err;
}

/* As tnum_strn() prints it (kernel/bpf/tnum.c; later kernel/bpf/log.c, whose
 * numbers are decimal up to 16 bits, is_unum_decimal()). The kernel's %#llx
 * prints zero as 0x0.
 */
static void tnum_text(char *out, struct tnum t, enum check_kernel kernel)
{
	unsigned long long value = t.value, mask = t.mask;

	if (kernel == CHECK_KERNEL_6_1 || mask)
		snprintf(out, TNUM_TEXT, "(0x%llx; 0x%llx)", value, mask);
	else if (value <= UINT16_MAX)
		snprintf(out, TNUM_TEXT, "%llu", value);
	else
		snprintf(out, TNUM_TEXT, "0x%llx", value);
}

static int event_flags(const struct visit *v)
{
	struct tnum flags = arg(v, BPF_REG_3)->var.bits;
	char text[TNUM_TEXT];

	if (!(flags.mask & BPF_F_INDEX_MASK) &&
	    (flags.value & BPF_F_INDEX_MASK) == BPF_F_CURRENT_CPU)
		return 0;
	tnum_text(text, flags, v->d->c->kernel);
	return refuse(v, RULE_F25, EOPNOTSUPP,
		      "event_output: must use BPF_F_CURRENT_CPU, var_off: %s",
		      text);
}

static int visit_event(const struct visit *v)
{
	const struct reg *data = arg(v, BPF_REG_4);
	int err;

	if (!(v->d->c->profile->helpers & PROFILE_EVENT_OUTPUT))
		return refuse(v, RULE_F25, EOPNOTSUPP,
			      "event_output: not supported by FW");
	err = event_flags(v);
	if (err)
		return err;
	if (data->type != REG_SCALAR && data->type != REG_STACK &&
	    data->type != REG_MAP_VALUE && data->type != REG_PACKET)
		return refuse(v, RULE_F25, EOPNOTSUPP,
			      "event_output: unsupported ptr type: %d",
			      TYPE_NUMBER(v, data));
	if (data->type == REG_STACK)
		err = stack_arg(v, RULE_F25, "event_output", data);
	if (err || !v->fact->helper || data->type == v->fact->arg1.type)
		return err;
	return refuse(v, RULE_F25, EINVAL,
		      "event_output: ptr type changed: %d %d",
		      TYPE_NUMBER(v, &v->fact->arg1), TYPE_NUMBER(v, data));
}

/* Is this the only call, by one constant that needs no checks at run time?
 * What is left of a frame must be a minimal one's (nfp_record_adjust_head()).
 */
static bool is_simple_adjust(const struct visit *v)
{
	const struct profile *p = v->d->c->profile;
	const struct reg *by = arg(v, BPF_REG_2);
	unsigned int where = v->d->facts->adjust_head;
	const int minimal = 60 - 14; /* ETH_ZLEN - ETH_HLEN */
	int bytes = (int)by->var.bits.value;

	if (by->type != REG_SCALAR || !tnum_is_const(by->var.bits))
		return false;
	if (bytes > minimal || bytes > (int)p->head_add ||
	    bytes < -(int)p->head_sub)
		return false;
	return !where || (where == v->n && v->fact->arg2.var.bits.value ==
						   (uint64_t)(int64_t)bytes);
}

static int visit_adjust_head(const struct visit *v)
{
	if (!v->d->c->profile->adjust_head || !v->d->c->profile->head_max)
		return refuse(v, RULE_F44, EOPNOTSUPP,
			      "adjust_head not supported by FW");
	if (v->d->c->profile->head_meta)
		return refuse(v, RULE_F44, EOPNOTSUPP,
			      "adjust_head: FW requires shifting metadata, not "
			      "supported by the driver");
	v->d->facts->adjust_head = is_simple_adjust(v) ? v->n : UINT32_MAX;
	return 0;
}

static int visit_unknown(const struct visit *v)
{
	enum rule_id rule = RULE_F0;

	if (v->insn->src_reg == BPF_PSEUDO_KFUNC_CALL)
		rule = RULE_J5;
	else if (v->insn->imm == BPF_FUNC_tail_call)
		rule = RULE_J4;
	/* The number is one of the running kernel. */
	if (code_extern(v->d->c->code, v->n))
		return refuse(v, rule, EOPNOTSUPP, "unsupported function id: ");
	return refuse(v, rule, EOPNOTSUPP, "unsupported function id: %d",
		      v->insn->imm);
}

static int visit_by_number(const struct visit *v)
{
	switch (v->insn->imm) {
	case BPF_FUNC_map_lookup_elem:
		return key_arg(v, RULE_F1, "map_lookup", PROFILE_MAP_LOOKUP);
	case BPF_FUNC_map_update_elem:
		return visit_update(v);
	case BPF_FUNC_map_delete_elem:
		return key_arg(v, RULE_F3, "map_delete", PROFILE_MAP_DELETE);
	case BPF_FUNC_get_prandom_u32:
		if (v->d->c->profile->random)
			return 0;
		return refuse(v, RULE_F7, EOPNOTSUPP,
			      "bpf_get_prandom_u32(): FW doesn't support "
			      "random number generation");
	case BPF_FUNC_perf_event_output:
		return visit_event(v);
	case BPF_FUNC_xdp_adjust_head:
		return visit_adjust_head(v);
	case BPF_FUNC_xdp_adjust_tail:
		if (v->d->c->profile->adjust_tail)
			return 0;
		return refuse(v, RULE_F65, EOPNOTSUPP,
			      "adjust_tail not supported by FW");
	}
	return visit_unknown(v);
}

/* For events the driver keeps the fourth argument in place of the first. */
int visit_helper(const struct visit *v)
{
	bool event = v->insn->imm == BPF_FUNC_perf_event_output;
	int err = visit_by_number(v);

	if (err)
		return err;
	v->fact->helper = (uint32_t)v->insn->imm;
	v->fact->arg1 = *arg(v, event ? BPF_REG_4 : BPF_REG_1);
	v->fact->arg2 = *arg(v, BPF_REG_2);
	return 0;
}
