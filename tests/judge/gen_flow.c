/* SPDX-License-Identifier: GPL-2.0-only */
#include "gen.h"

static bool same(const struct value *a, const struct value *b)
{
	return a->kind == b->kind && a->id == b->id && a->map == b->map &&
	       a->off == b->off && a->callers == b->callers;
}

static void merge_value(struct value *a, const struct value *b)
{
	if (!same(a, b)) {
		a->kind = NONE;
		return;
	}
	if (a->max < b->max)
		a->max = b->max;
	if (a->range > b->range)
		a->range = b->range;
}

/* What holds wherever one came from. */
static void merge(struct env *a, const struct env *b)
{
	for (unsigned int i = 0; i < COUNT(a->r); i++)
		merge_value(&a->r[i], &b->r[i]);
	for (unsigned int i = 0; i < GEN_SLOTS; i++) {
		struct slot *s = &a->slots[i];
		const struct slot *t = &b->slots[i];

		s->written &= t->written;
		if (s->spilled != t->spilled ||
		    (s->spilled && !same(&s->value, &t->value)))
			s->written = 0;
	}
}

void gen_land(struct gen *g, unsigned int at)
{
	g->insns[at].off = g->count - at - 1;
}

void gen_out(struct gen *g)
{
	if (g->out_count < GEN_OUTS)
		g->outs[g->out_count++] = g->count - 1;
}

void gen_leave(struct gen *g)
{
	struct value kept = g->env.r[0];
	int number = gen_one_in(g, 30) ? gen_find(g, NUMBER) : -1;

	if (number >= 0)
		gen_move(g, 0, number);
	else
		gen_constant(g, 0, gen_below(g, 4));
	gen_emit(g, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
	g->env.r[0] = kept;
}

void gen_outs_end(struct gen *g)
{
	gen_leave(g);
	for (unsigned int i = 0; i < g->out_count; i++)
		gen_land(g, g->outs[i]);
	if (g->out_count)
		gen_leave(g);
	g->out_count = 0;
}

static const uint8_t compares[] = {
	BPF_JEQ,  BPF_JNE,  BPF_JGT,  BPF_JGE,	BPF_JLT,  BPF_JLE,
	BPF_JSGT, BPF_JSGE, BPF_JSLT, BPF_JSLE, BPF_JSET,
};

unsigned int gen_compare(struct gen *g)
{
	uint8_t code = compares[gen_below(g, COUNT(compares))];
	unsigned int dst = gen_number(g);

	code |= gen_one_in(g, 2) ? BPF_JMP : BPF_JMP32;
	if (gen_one_in(g, 2))
		gen_emit(g, code | BPF_K, dst, 0, 0, gen_imm(g));
	else
		gen_emit(g, code | BPF_X, dst, gen_number(g), 0, 0);
	return g->count - 1;
}

void gen_if(struct gen *g)
{
	unsigned int jump = gen_compare(g), over;
	struct env before = g->env, after;

	g->depth++;
	gen_block(g, 1 + gen_below(g, 8));
	g->depth--;
	if (gen_one_in(g, 6)) {
		gen_leave(g);
		gen_land(g, jump);
		g->env = before;
		return;
	}
	if (gen_one_in(g, 2)) {
		gen_land(g, jump);
		merge(&g->env, &before);
		return;
	}
	gen_emit(g, BPF_JMP | BPF_JA, 0, 0, 0, 0);
	over = g->count - 1;
	gen_land(g, jump);
	after = g->env;
	g->env = before;
	g->depth++;
	gen_block(g, 1 + gen_below(g, 6));
	g->depth--;
	gen_land(g, over);
	merge(&g->env, &after);
}

/* Nobody gets there, so that anything may stand there. */
static void forbidden(struct gen *g)
{
	unsigned int dst = gen_below(g, 10), src = gen_below(g, 10);

	switch (gen_below(g, 5)) {
	case 0:
		gen_emit(g, BPF_ALU64 | BPF_MOD | BPF_K, gen_number(g), 0, 0,
			 7);
		break;
	case 1:
		gen_emit(g, BPF_JMP | BPF_CALL, 0, 0, 0, 5);
		break;
	case 2:
		gen_emit(g, BPF_ST | BPF_MEM | BPF_W, 10, 0, -4, 1);
		break;
	case 3:
		gen_emit(g, BPF_LDX | BPF_MEM | BPF_W, dst, src, gen_imm(g), 0);
		break;
	default:
		gen_emit(g, BPF_ALU64 | BPF_MUL | BPF_X, dst, src, 0, 0);
	}
}

/* A jump that is decided: by a constant, or by what is known of a number. */
void gen_dead(struct gen *g)
{
	unsigned int reg = gen_target(g), jump;
	uint8_t width = gen_one_in(g, 2) ? BPF_JMP : BPF_JMP32;
	int n = gen_below(g, 100), imm;
	struct env before;

	if (reg > 9)
		return;
	if (gen_one_in(g, 2)) {
		gen_constant(g, reg, n);
	} else {
		reg = gen_bounded(g, 63);
		n = 64;
	}
	imm = gen_one_in(g, 8) ? 32 : n + 1;
	gen_emit(g, width | (gen_one_in(g, 2) ? BPF_JLT : BPF_JLE) | BPF_K, reg,
		 0, 0, imm);
	jump = g->count - 1;
	before = g->env;
	g->depth++;
	if (gen_one_in(g, 2))
		forbidden(g);
	else
		gen_block(g, 1 + gen_below(g, 4));
	g->depth--;
	gen_land(g, jump);
	g->env = before;
}

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

/* In a loop a register has the same kind each time. */
static void loop_enter(struct gen *g)
{
	for (unsigned int i = 0; i < 10; i++) {
		if (g->env.r[i].kind > NUMBER)
			g->locked |= 1U << i;
		g->env.r[i].max = UINT64_MAX;
	}
	for (unsigned int i = 0; i < GEN_SLOTS; i++)
		if (g->env.slots[i].spilled)
			g->env.slots[i].written = 0;
}

static void loop_leave(struct gen *g, const struct env *first)
{
	for (unsigned int i = 0; i < 10; i++)
		if (first->r[i].kind == NUMBER && g->env.r[i].kind != NUMBER)
			gen_constant(g, i, gen_imm(g));
	merge(&g->env, first);
}

static int32_t loop_trips(struct gen *g)
{
	if (gen_fault(g, 4000))
		return 1000 << gen_below(g, 8);
	return 1 + gen_below(g, gen_one_in(g, 6) ? 60 : 10);
}

void gen_loop(struct gen *g)
{
	unsigned int counter = gen_below(g, 10), head, locked = g->locked;
	bool up = gen_one_in(g, 2);
	int32_t trips = loop_trips(g), step;
	struct env first;

	if (locked >> counter & 1 || g->env.r[counter].kind > NUMBER)
		return;
	gen_constant(g, counter, up ? 0 : trips);
	g->locked |= 1U << counter;
	loop_enter(g);
	first = g->env;
	head = g->count;
	g->depth += 2;
	gen_block(g, 1 + gen_below(g, 6));
	g->depth -= 2;
	g->locked = locked;
	loop_leave(g, &first);
	step = gen_fault(g, 1000) ? 0 : up ? 1 : -1;
	gen_emit(g, (gen_one_in(g, 2) ? BPF_ALU64 : BPF_ALU) | BPF_ADD | BPF_K,
		 counter, 0, 0, step);
	gen_emit(g, BPF_JMP | (up ? BPF_JLT : BPF_JNE) | BPF_K, counter, 0,
		 (int)head - (int)g->count - 1, up ? trips : 0);
}
