/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "gen.h"

static void one_pointer(struct gen *g, unsigned int dst, unsigned int which)
{
	int reg = -1, off = -8;
	if (which == 1)
		reg = gen_find(g, PACKET);
	else if (which == 2)
		reg = gen_find(g, VALUE);
	if (reg >= 0 && reg != (int)dst) {
		gen_move(g, dst, reg);
		return;
	}
	off -= 4 * (int)gen_below(g, gen_one_in(g, 3) ? 2 : 1);
	off -= gen_one_in(g, 6) ? 2 : 0;
	gen_move(g, dst, 10);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, dst, 0, 0, off);
}

/* One instruction that is reached with two pointers. */
void gen_two_ways(struct gen *g)
{
	unsigned int dst = gen_target(g), jump, over;

	if (dst > 9 || !gen_fault(g, 3))
		return;
	gen_stack_fill(g, -16, 16);
	jump = gen_compare(g);
	one_pointer(g, dst, gen_below(g, 8));
	gen_emit(g, BPF_JMP | BPF_JA, 0, 0, 0, 0);
	over = g->count - 1;
	gen_land(g, jump);
	one_pointer(g, dst, gen_below(g, 8));
	gen_land(g, over);
	gen_emit(g, BPF_LDX | BPF_MEM | (gen_one_in(g, 2) ? BPF_B : BPF_H), dst,
		 dst, 0, 0);
	gen_set(g, dst, (struct value){ .kind = NUMBER, .max = 0xffff });
}

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

static void call(struct gen *g, unsigned int sub)
{
	gen_call(g, sub);
	g->insns[g->count - 1].src_reg = BPF_PSEUDO_CALL;
}

void gen_subprogram(struct gen *g)
{
	struct sub *sub = &g->subs[g->sub_count];

	if (g->locked & 0x3f)
		return;
	if (g->sub_count && (g->sub_count == GEN_SUBS || gen_one_in(g, 3))) {
		unsigned int again = gen_below(g, g->sub_count);

		if (!g->subs[again].written && call_again(g, &g->subs[again]))
			call(g, again);
		return;
	}
	if (g->in_sub && !gen_one_in(g, 3))
		return;
	sub->count = gen_below(g, 4);
	sub->written = false;
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
	gen_block(g, 1 + gen_below(g, 12));
	gen_outs_end(g);
}

/* Calls name functions until it is known where they are. */
void gen_sub_bodies(struct gen *g)
{
	g->in_sub = true;
	for (unsigned int i = 0; i < g->sub_count; i++)
		sub_body(g, &g->subs[i]);
	for (unsigned int i = 0; i < g->count; i++) {
		struct bpf_insn *insn = &g->insns[i];

		if (insn->code == (BPF_JMP | BPF_CALL) &&
		    insn->src_reg == BPF_PSEUDO_CALL)
			insn->imm = g->subs[insn->imm].start - i - 1;
	}
}
