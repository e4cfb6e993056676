/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "gen.h"

/* Something that a function may be given, in @arg. */
static void argument(struct gen *g, unsigned int arg)
{
	unsigned int from = 6 + gen_below(g, 4);

	if (gen_one_in(g, 8)) {
		gen_move(g, arg, 10);
		gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, arg, 0, 0, -8);
		g->env.r[arg].off = -8;
	} else if (g->env.r[from].kind == NONE ||
		   g->env.r[from].kind == VALUE_OR_NULL) {
		gen_constant(g, arg, gen_imm(g));
	} else {
		gen_move(g, arg, from);
	}
}

static bool call_again(struct gen *g, const struct sub *sub)
{
	for (unsigned int i = 0; i < sub->count; i++)
		if (sub->args[i].kind != NUMBER)
			return false;
	for (unsigned int i = 0; i < sub->count; i++)
		gen_constant(g, 1 + i, gen_imm(g) & sub->args[i].max);
	return true;
}

/* Calls, and addresses, name functions until it is known where they are. */
static void call(struct gen *g, unsigned int sub)
{
	if (gen_fault(g, 60)) {
		gen_imm64(g, gen_below(g, 10), BPF_PSEUDO_FUNC, sub);
		return;
	}
	gen_call(g, sub);
	g->insns[g->count - 1].src_reg = BPF_PSEUDO_CALL;
}

static void call_old(struct gen *g)
{
	unsigned int n = gen_below(g, g->sub_count);
	const struct sub *sub = &g->subs[n];

	/* Else it may lead back to itself. */
	if (sub->written && !gen_fault(g, 8))
		return;
	if (sub->global)
		gen_global_args(g, sub);
	if (sub->global || call_again(g, sub))
		call(g, n);
}

void gen_subprogram(struct gen *g)
{
	struct sub *sub = &g->subs[g->sub_count];
	bool old = g->sub_count && !g->chain && gen_one_in(g, 3);

	if (g->locked & 0x3f)
		return;
	if (old || g->sub_count == GEN_SUBS) {
		call_old(g);
		return;
	}
	if (g->in_sub && !g->chain && !gen_one_in(g, 3))
		return;
	memset(sub, 0, sizeof(*sub));
	if (g->types && gen_one_in(g, 2)) {
		gen_global(g, sub);
		gen_global_args(g, sub);
		call(g, g->sub_count++);
		return;
	}
	sub->count = gen_below(g, 4);
	for (unsigned int i = 0; i < sub->count; i++) {
		argument(g, 1 + i);
		sub->args[i] = g->env.r[1 + i];
		if (sub->args[i].kind == FRAME)
			sub->args[i].callers = true;
	}
	call(g, g->sub_count++);
}

static void sub_body(struct gen *g, struct sub *sub)
{
	memset(&g->env, 0, sizeof(g->env));
	memcpy(&g->env.r[1], sub->args, sizeof(sub->args));
	for (unsigned int i = 1 + sub->count; i < 10; i++)
		g->env.r[i].kind = NONE;
	sub->start = g->count;
	sub->written = true;
	if (g->chain && gen_one_in(g, 3))
		gen_dead(g);
	if (g->chain)
		gen_subprogram(g);
	gen_block(g, 1 + gen_below(g, 12));
	gen_outs_end(g);
}

void gen_sub_bodies(struct gen *g)
{
	g->in_sub = true;
	for (unsigned int i = 0; i < g->sub_count; i++)
		sub_body(g, &g->subs[i]);
	for (unsigned int i = 0; i < g->count; i++) {
		struct bpf_insn *insn = &g->insns[i];

		if (pack_names_func(insn))
			insn->imm = g->subs[insn->imm].start - i - 1;
	}
}
