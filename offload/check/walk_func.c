/* SPDX-License-Identifier: GPL-2.0-only */
/* Global functions, which are verified apart from their calls, and addresses of
 * functions (kernel/bpf/btf.c btf_prepare_func_args(), kernel/bpf/verifier.c
 * btf_check_func_arg_match(), check_ld_imm()).
 */
#include <errno.h>

#include "walk_private.h"

static const struct code_arg *args_of(const struct walk *w,
				      const struct code_func *func)
{
	return walk_is_new(w) ? func->later : func->arg;
}

/* Is it a function that the kernel can verify on its own at all? */
static enum step_result check_prototype(struct walk *w,
					const struct code_func *func)
{
	const struct code_arg *args = args_of(w, func);

	if (func->args > CODE_ARGS)
		return refuse(w, RULE_V6, EINVAL,
			      "Global function %s() with %u > %u args. Buggy "
			      "compiler.",
			      func->name, func->args, CODE_ARGS);
	if (func->no_number)
		return refuse(w, RULE_V6, EINVAL,
			      "Global function %s() doesn't return scalar. "
			      "Only those are supported.",
			      func->name);
	for (unsigned int i = 0; i < func->args; i++) {
		if (args[i].kind == CODE_ARG_REFUSED)
			return refuse(w, RULE_V6, args[i].err, "%s",
				      args[i].words);
		if (args[i].kind != CODE_ARG_KERNEL)
			continue;
		finding_undecided(w->c, RULE_V6, w->insn, NULL);
		return STEP_REFUSED;
	}
	return STEP_NEXT;
}

static enum step_result bad_call(struct walk *w, unsigned int subprog,
				 const struct code_func *func, int err)
{
	if (!walk_is_new(w))
		return refuse(w, RULE_V6, err,
			      "Caller passes invalid args into func#%u",
			      subprog);
	return refuse(w, RULE_V6, err,
		      "Caller passes invalid args into func#%u ('%s')", subprog,
		      func->name);
}

/* Of pointers that may be moved nobody asks where they are. */
static bool is_moved(const struct reg *reg)
{
	switch ((int)reg->type) {
	case REG_STACK:
	case REG_PACKET:
	case REG_PACKET_META:
	case REG_MAP_VALUE:
	case REG_MEM:
	case REG_SCALAR:
		return false;
	}
	return reg->off || !tnum_is_const(reg->var.bits) || reg->var.bits.value;
}

/* Is there that much memory behind the pointer, if it is not NULL? */
static enum step_result memory_given(struct walk *w, unsigned int number,
				     uint32_t size)
{
	struct reg *reg = walk_reg(w, number), saved = *reg;
	enum step_result result;

	if (reg_is_null(reg))
		return STEP_NEXT;
	reg->type &= ~REG_OR_NULL;
	w->argument_err = EINVAL;
	result = helper_access(w, number, size, true);
	w->argument_err = 0;
	if (saved.type & REG_OR_NULL)
		*reg = saved;
	return result;
}

/* Return: 0 or an errno, positive. */
static int check_kind(const struct reg *reg, enum code_arg_kind kind)
{
	if (kind == CODE_ARG_SCALAR)
		return reg->type == REG_SCALAR ? 0 : EINVAL;
	if (is_moved(reg))
		return EACCES;
	if (kind == CODE_ARG_REFUSED)
		return EINVAL;
	if (kind == CODE_ARG_CTX)
		return reg->type == REG_CTX ? 0 : EINVAL;
	return kind == CODE_ARG_MEM && reg->type & REG_OR_NULL ? EINVAL : 0;
}

static enum step_result check_args(struct walk *w, unsigned int subprog,
				   const struct code_func *func)
{
	if (func->args > CODE_ARGS)
		return bad_call(w, subprog, func, EINVAL);
	for (unsigned int i = 0; i < func->args; i++) {
		const struct code_arg *arg = &args_of(w, func)[i];
		unsigned int number = BPF_REG_1 + i;
		int err = check_kind(walk_reg(w, number), arg->kind);
		enum step_result result = STEP_NEXT;

		if (err)
			return bad_call(w, subprog, func, err);
		if (arg->kind == CODE_ARG_MEM || arg->kind == CODE_ARG_MAY_MEM)
			result = memory_given(w, number, arg->size);
		if (result != STEP_NEXT)
			return result;
	}
	return STEP_NEXT;
}

/* 6.1 asks whether it can be verified when it verifies it, which is before the
 * program, and at a call of another function about the arguments alone.
 */
enum step_result call_global(struct walk *w, unsigned int subprog,
			     const struct code_func *func)
{
	enum step_result result = STEP_NEXT;
	struct reg *r0;

	if (walk_is_new(w))
		result = check_prototype(w, func);
	if (result == STEP_NEXT)
		result = check_args(w, subprog, func);
	if (result != STEP_NEXT)
		return result;
	if (walk_is_new(w) && w->flow.moves_packet[subprog])
		drop_packet(w);
	w->called[subprog] = true;
	drop_scratched(w);
	r0 = walk_reg(w, BPF_REG_0);
	reg_unknown(r0);
	r0->half = false;
	r0->result_of = subprog;
	w->insn++;
	return STEP_NEXT;
}

/* What a global function is given. */
enum step_result global_start(struct walk *w, const struct code_func *func)
{
	enum step_result result = check_prototype(w, func);

	for (unsigned int i = 0; result == STEP_NEXT && i < func->args; i++) {
		const struct code_arg *arg = &args_of(w, func)[i];
		struct reg *reg = walk_reg(w, BPF_REG_1 + i);

		if (arg->kind == CODE_ARG_SCALAR) {
			reg_unknown(reg);
			continue;
		}
		reg_pointer(reg, arg->kind == CODE_ARG_CTX ? REG_CTX
				 : arg->kind == CODE_ARG_MEM
					 ? REG_MEM
					 : REG_MEM | REG_OR_NULL);
		if (arg->kind == CODE_ARG_CTX)
			continue;
		reg->mem_size = arg->size;
		w->ids += walk_is_new(w) ? 1 : 2; /* 6.1 gives one in vain */
		reg->id = w->ids;
	}
	return result;
}

enum step_result load_func(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	unsigned int at = w->insn + 1 + insn->imm;
	const struct code_func *func = code_func(w->code, at);

	if (!w->code->func_count)
		return refuse(w, RULE_J8, EINVAL, "missing btf func_info");
	if (!func || func->global)
		return refuse(w, RULE_J8, EINVAL,
			      "callback function not static");
	if (!at)
		return refuse(w, RULE_J8, EINVAL,
			      "callback function cannot be the main program");
	reg_pointer(walk_reg(w, insn->dst_reg), REG_FUNC);
	return STEP_NEXT;
}
