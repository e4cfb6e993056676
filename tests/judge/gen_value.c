/* SPDX-License-Identifier: GPL-2.0-only */
#include "gen.h"

/* Return: a register with a value, and where in it; -1: there is none. */
static int place(struct gen *g, unsigned int bytes, bool counter, int *off)
{
	int reg = gen_find(g, VALUE), from, to, room;
	const struct value *v;

	if (reg < 0 || g->env.r[reg].kind != VALUE)
		return -1;
	v = &g->env.r[reg];
	from = counter ? g->counters[v->map] : 0;
	to = counter ? (int)g->maps[v->map].value : g->counters[v->map];
	if (to > (int)g->maps[v->map].value)
		to = g->maps[v->map].value;
	if (gen_fault(g, 40)) {
		from = 0;
		to = g->maps[v->map].value;
	}
	/* Before a value the driver itself would read beyond its own memory. */
	room = (to - from) / (int)bytes;
	if (room <= 0)
		return -1;
	*off = from + (int)(gen_below(g, room) * bytes);
	if (!counter && gen_one_in(g, 4) && *off + (int)bytes < to)
		*off += 1;
	if (gen_fault(g, 80))
		*off += gen_below(g, 64);
	*off -= v->off;
	return reg;
}

void gen_value_load(struct gen *g)
{
	unsigned int size = gen_size(g), dst = gen_target(g);
	int off, reg = place(g, gen_bytes(size), false, &off);

	if (reg < 0) {
		gen_lookup(g);
		return;
	}
	gen_emit(g, BPF_LDX | BPF_MEM | size, dst, reg, off, 0);
	gen_set(g, dst,
		(struct value){ .kind = NUMBER,
				.max = size == BPF_DW
					       ? UINT64_MAX
					       : (1ULL << 8 * gen_bytes(size)) -
							 1 });
}

static unsigned int addend(struct gen *g)
{
	unsigned int reg;

	switch (gen_below(g, 4)) {
	case 0:
		reg = gen_target(g);
		gen_constant(g, reg, gen_imm(g));
		return reg;
	case 1:
		return gen_bounded(g, 0xffff);
	}
	return gen_number(g);
}

void gen_value_add(struct gen *g)
{
	static const int32_t others[] = {
		BPF_ADD | BPF_FETCH,
		BPF_AND,
		BPF_OR,
		BPF_XOR,
		BPF_XCHG,
		BPF_CMPXCHG,
		BPF_OR | BPF_FETCH,
		0x100,
	};
	unsigned int size = gen_one_in(g, 2) ? BPF_W : BPF_DW, src;
	int off, reg = place(g, gen_bytes(size), true, &off);
	int32_t op = BPF_ADD;

	if (reg < 0) {
		gen_lookup(g);
		return;
	}
	src = addend(g);
	if ((int)src == reg || g->env.r[reg].kind != VALUE)
		return;
	if (gen_fault(g, 40))
		op = others[gen_below(g, COUNT(others))];
	if (gen_fault(g, 80))
		size = gen_size(g);
	if (gen_fault(g, 80))
		src = reg;
	if (gen_fault(g, 80)) {
		reg = gen_one_in(g, 2) ? 10 : gen_find(g, PACKET);
		off = -8;
		if (reg != 10)
			return;
		gen_stack_fill(g, -8, 8);
	}
	gen_emit(g, BPF_STX | BPF_ATOMIC | size, reg, src, off, op);
}

/* What the driver does not do, or the kernel. */
void gen_value_odd(struct gen *g)
{
	unsigned int number, dst = gen_target(g);
	int reg = gen_find(g, VALUE);

	if (reg < 0 || (int)dst == reg || dst > 9 || g->clean)
		return;
	switch (gen_below(g, 6)) {
	case 0:
		gen_emit(g, BPF_STX | BPF_MEM | BPF_W, reg, gen_number(g), 0,
			 0);
		return;
	case 1:
		gen_emit(g, BPF_ST | BPF_MEM | BPF_W, reg, 0, 0, 1);
		return;
	case 2:
		number = gen_bounded(g, 3);
		if (number == dst)
			return;
		gen_move(g, dst, reg);
		gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_X, dst, number, 0, 0);
		gen_emit(g, BPF_LDX | BPF_MEM | BPF_B, dst, dst, 0, 0);
		gen_set(g, dst, (struct value){ .kind = NONE });
		return;
	case 3:
		gen_imm64(g, dst, BPF_PSEUDO_MAP_VALUE, g->env.r[reg].map);
		gen_set(g, dst, (struct value){ .kind = NONE });
		return;
	}
	gen_move(g, dst, reg);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, dst, 0, 0, 4);
	g->env.r[dst].off += 4;
}
