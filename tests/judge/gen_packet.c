/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/bpf.h>

#include "gen.h"

static const struct value any_number = { .kind = NUMBER, .max = UINT64_MAX };

static struct value loaded(unsigned int size)
{
	struct value v = any_number;

	if (size != BPF_DW)
		v.max = (1ULL << 8 * gen_bytes(size)) - 1;
	return v;
}

void gen_packet_open(struct gen *g)
{
	int ctx = gen_find(g, CONTEXT);
	unsigned int data = gen_target(g), end = gen_target(g);

	if (ctx < 0 || data == end || (int)data == ctx || (int)end == ctx)
		return;
	gen_emit(g, BPF_LDX | BPF_MEM | BPF_W, data, ctx,
		 offsetof(struct xdp_md, data), 0);
	gen_set(g, data, (struct value){ .kind = PACKET, .id = ++g->ids });
	gen_emit(g, BPF_LDX | BPF_MEM | BPF_W, end, ctx,
		 offsetof(struct xdp_md, data_end), 0);
	gen_set(g, end, (struct value){ .kind = PACKET_END });
}

static void learn(struct gen *g, const struct value *checked, int less)
{
	int range = checked->off - less;

	for (unsigned int i = 0; i < 10; i++) {
		struct value *v = &g->env.r[i];

		if (v->kind == PACKET && v->id == checked->id &&
		    v->range < range)
			v->range = range;
	}
}

static int check_bytes(struct gen *g)
{
	if (gen_one_in(g, 30))
		return 1000 + gen_below(g, 1500);
	if (gen_one_in(g, 8))
		return gen_below(g, 300);
	return 1 + gen_below(g, 64);
}

/* Leave where the frame is too short. */
static void compare(struct gen *g, unsigned int at, unsigned int end)
{
	static const struct {
		uint8_t op; /* of at and end; then of end and at */
		uint8_t swapped;
		int less;
	} forms[] = {
		{ BPF_JGT, BPF_JLT, 0 },
		{ BPF_JGE, BPF_JLE, 0 },
	};
	unsigned int form = gen_one_in(g, 4);
	uint8_t width = gen_sloppy(g) ? BPF_JMP32 : BPF_JMP;
	struct value checked = g->env.r[at];
	uint8_t opposite = form ? BPF_JLT : BPF_JLE;
	unsigned int skip;

	if (gen_one_in(g, 3)) { /* the other way round: skip the exit */
		gen_emit(g, width | opposite | BPF_X, at, end, 0, 0);
		skip = g->count - 1;
		gen_leave(g);
		gen_land(g, skip);
	} else {
		if (gen_one_in(g, 2))
			gen_emit(g, width | forms[form].op | BPF_X, at, end, 0,
				 0);
		else
			gen_emit(g, width | forms[form].swapped | BPF_X, end,
				 at, 0, 0);
		gen_out(g);
	}
	learn(g, &checked, gen_sloppy(g) ? -1 : 0);
}

void gen_packet_check(struct gen *g)
{
	int base = gen_find(g, PACKET), end = gen_find(g, PACKET_END);
	unsigned int at = gen_target(g);
	int bytes = check_bytes(g);

	if (base < 0 || end < 0) {
		gen_packet_open(g);
		return;
	}
	if ((int)at == end || (int)at == base || at > 9)
		return;
	gen_move(g, at, base);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, at, 0, 0, bytes);
	g->env.r[at].off += bytes;
	compare(g, at, end);
}

/* Return: the register, with a place in *@off; -1: none. */
static int place(struct gen *g, unsigned int bytes, int *off)
{
	int base = gen_find(g, PACKET), room;
	const struct value *v;

	if (base < 0)
		return -1;
	v = &g->env.r[base];
	room = v->range - (int)bytes + 1;
	if (gen_sloppy(g)) {
		*off = (int)gen_below(g, 100) - 8;
		return base;
	}
	if (v->kind != PACKET || room <= 0)
		return -1;
	*off = (int)gen_below(g, room) - v->off;
	return base;
}

void gen_packet_load(struct gen *g)
{
	unsigned int size = gen_size(g), dst;
	int off, base = place(g, gen_bytes(size), &off);

	if (base < 0) {
		gen_packet_check(g);
		return;
	}
	dst = gen_target(g);
	gen_emit(g, BPF_LDX | BPF_MEM | size, dst, base, off, 0);
	gen_set(g, dst, loaded(size));
}

void gen_packet_store(struct gen *g)
{
	unsigned int size = gen_size(g), src = gen_number(g);
	int off, base = place(g, gen_bytes(size), &off);

	if (base < 0)
		gen_packet_check(g);
	else if (gen_fault(g, 50))
		gen_emit(g, BPF_ST | BPF_MEM | size, base, 0, off, gen_imm(g));
	else
		gen_emit(g, BPF_STX | BPF_MEM | size, base, src, off, 0);
}

/* Load and store, again and again: the driver makes one copy of it. */
void gen_packet_copy(struct gen *g)
{
	unsigned int size = gen_size(g), step = gen_bytes(size);
	unsigned int pairs = 2 + gen_below(g, gen_one_in(g, 4) ? 20 : 6);
	bool down = gen_one_in(g, 4);
	int to_off, to = place(g, step * pairs, &to_off);
	int from_off, from = place(g, step * pairs, &from_off);
	unsigned int via = gen_target(g);

	if (to < 0 || from < 0 || (int)via == to || (int)via == from)
		return;
	for (unsigned int i = 0; i < pairs; i++) {
		int off = (down ? pairs - 1 - i : i) * step;

		gen_emit(g, BPF_LDX | BPF_MEM | size, via, from, from_off + off,
			 0);
		gen_emit(g, BPF_STX | BPF_MEM | size, to, via, to_off + off, 0);
		if (gen_one_in(g, 24))
			to_off++;
	}
	gen_set(g, via, loaded(size));
}

/* A pointer to where a number says. */
void gen_packet_variable(struct gen *g)
{
	static const uint64_t bounds[] = { 3,	 60,   255,    1023,
					   1900, 4095, 0x7fff, 0xffff };
	int base = gen_find(g, PACKET), end = gen_find(g, PACKET_END);
	unsigned int at, number;

	if (base < 0 || end < 0)
		return;
	number = gen_bounded(g, bounds[gen_below(g, COUNT(bounds))]);
	at = gen_target(g);
	if ((int)at == base || (int)at == end || at == number || at > 9 ||
	    g->env.r[base].kind != PACKET)
		return;
	gen_move(g, at, base);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_X, at, number, 0, 0);
	gen_set(g, at, (struct value){ .kind = PACKET, .id = ++g->ids });
	if (gen_one_in(g, 8))
		return;
	base = at;
	at = gen_target(g);
	if ((int)at == base || (int)at == end || at > 9)
		return;
	gen_move(g, at, base);
	g->env.r[at].off = check_bytes(g);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, at, 0, 0, g->env.r[at].off);
	compare(g, at, end);
}

/* What no program needs, but for the choice of a queue. */
void gen_context(struct gen *g)
{
	int ctx = gen_find(g, CONTEXT);
	unsigned int dst = gen_target(g);
	int off = 4 * gen_below(g, 7);

	if (ctx < 0)
		return;
	if (g->clean || gen_one_in(g, 2)) {
		off = gen_fault(g, 6) ? off : 16;
		gen_emit(g, BPF_STX | BPF_MEM | BPF_W, ctx, gen_number(g), off,
			 0);
		return;
	}
	if (gen_one_in(g, 8))
		off = gen_below(g, 32);
	if (gen_one_in(g, 6))
		off = offsetof(struct xdp_md, data_meta);
	gen_emit(g,
		 BPF_LDX | BPF_MEM | (gen_one_in(g, 10) ? gen_size(g) : BPF_W),
		 dst, ctx, off, 0);
	gen_set(g, dst, off > 8 ? any_number : (struct value){ .kind = NONE });
}
