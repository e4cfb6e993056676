/* SPDX-License-Identifier: GPL-2.0-only */
#include "gen.h"

/* Most programs use little, a few up to the limit. */
static int any_offset(struct gen *g, unsigned int bytes)
{
	unsigned int depth = gen_one_in(g, 12) ? 512 : 64;
	int off = -(int)(gen_below(g, depth / bytes) + 1) * (int)bytes;

	return gen_sloppy(g) ? (int)gen_below(g, 560) - 540 : off;
}

static uint8_t byte_mask(int off, unsigned int bytes)
{
	return ((1U << bytes) - 1) << ((off + 512) % 8);
}

static struct slot *slot_at(struct gen *g, int off)
{
	return off >= -512 && off < 0 ? &g->env.slots[(-off - 1) / 8] : NULL;
}

static void mark(struct gen *g, int off, unsigned int bytes)
{
	struct slot *slot = slot_at(g, off);

	if (!slot)
		return;
	if (slot->spilled && slot->value.kind != NUMBER)
		slot->written = 0;
	slot->spilled = false;
	slot->written |= byte_mask(off, bytes);
}

/* A register that leads to the stack, and what is to be added to @off. */
static unsigned int base_reg(struct gen *g, int *off)
{
	int reg = gen_one_in(g, 3) ? gen_find(g, FRAME) : -1;

	if (reg < 0 || g->env.r[reg].callers)
		return 10;
	*off -= g->env.r[reg].off;
	return reg;
}

static void spill(struct gen *g, unsigned int reg)
{
	int off = any_offset(g, 8), at = off;
	unsigned int base = base_reg(g, &at);
	struct slot *slot = slot_at(g, off);

	gen_emit(g, BPF_STX | BPF_MEM | BPF_DW, base, reg, at, 0);
	if (!slot || reg > 9)
		return;
	slot->written = 0xff;
	slot->spilled = true;
	slot->value = g->env.r[reg];
}

void gen_stack_store(struct gen *g)
{
	unsigned int size = gen_size(g), reg = gen_below(g, 10);
	int off = any_offset(g, gen_bytes(size)), at = off;
	unsigned int base;

	if (gen_one_in(g, 4) && g->env.r[reg].kind != NONE) {
		spill(g, reg);
		return;
	}
	reg = gen_number(g);
	base = base_reg(g, &at);
	if (gen_fault(g, 100))
		gen_emit(g, BPF_ST | BPF_MEM | size, base, 0, at, gen_imm(g));
	else
		gen_emit(g, BPF_STX | BPF_MEM | size, base, reg, at, 0);
	mark(g, off, gen_bytes(size));
}

static void fill(struct gen *g, int off, unsigned int dst)
{
	int at = off;
	unsigned int base = base_reg(g, &at);
	const struct slot *slot = slot_at(g, off);

	gen_emit(g, BPF_LDX | BPF_MEM | BPF_DW, dst, base, at, 0);
	gen_set(g, dst, slot->value);
}

void gen_stack_load(struct gen *g)
{
	unsigned int size = gen_size(g), bytes = gen_bytes(size);
	unsigned int dst = gen_target(g), base;

	for (unsigned int try = 0; try < 16; try++) {
		int off = any_offset(g, bytes), at = off;
		const struct slot *slot = slot_at(g, off);
		bool whole =
			slot && slot->spilled && slot->value.kind != NUMBER;

		if (!slot || (slot->written & byte_mask(off, bytes)) !=
				     byte_mask(off, bytes))
			continue;
		if (whole || (slot->spilled && gen_one_in(g, 2))) {
			fill(g, -((-off - 1) / 8 + 1) * 8, dst);
			return;
		}
		base = base_reg(g, &at);
		gen_emit(g, BPF_LDX | BPF_MEM | size, dst, base, at, 0);
		gen_set(g, dst,
			(struct value){
				.kind = NUMBER,
				.max = bytes == 8 ? UINT64_MAX
						  : (1ULL << 8 * bytes) - 1 });
		return;
	}
	gen_stack_store(g);
}

void gen_stack_pointer(struct gen *g)
{
	unsigned int dst = gen_target(g);
	int off = gen_below(g, 65);

	if (dst > 9)
		return;
	off = gen_one_in(g, 4) ? -off : -(off / 8 * 8);
	gen_move(g, dst, 10);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, dst, 0, 0, off);
	g->env.r[dst].off = off;
}

void gen_stack_fill(struct gen *g, int off, unsigned int bytes)
{
	for (unsigned int done = 0; done < bytes;) {
		bool wide =
			off % 8 == 0 && bytes - done >= 8 && !gen_one_in(g, 3);
		unsigned int step = wide ? 8 : 4;

		gen_emit(g, BPF_STX | BPF_MEM | (wide ? BPF_DW : BPF_W), 10,
			 gen_number(g), off, 0);
		mark(g, off, step);
		done += step;
		off += step;
	}
}

void gen_stack_zero(struct gen *g, int off, unsigned int bytes)
{
	unsigned int reg = gen_below(g, 6);

	gen_constant(g, reg, 0);
	for (unsigned int i = 0; i < bytes; i += 4) {
		gen_emit(g, BPF_STX | BPF_MEM | BPF_W, 10, reg, off + (int)i,
			 0);
		mark(g, off + (int)i, 4);
	}
}

/* Access to where a number says, or a caller's frame. */
void gen_stack_odd(struct gen *g)
{
	unsigned int dst = gen_target(g), number;
	int frame = gen_find(g, FRAME);

	if (frame >= 0 && g->env.r[frame].callers) {
		number = -4 - g->env.r[frame].off % 4;
		gen_emit(g, BPF_STX | BPF_MEM | BPF_W, frame, gen_number(g),
			 (int)number, 0);
		return;
	}
	if (!gen_fault(g, 4) || dst > 9)
		return;
	number = gen_bounded(g, 7);
	if (number == dst)
		return;
	gen_stack_fill(g, -16, 16);
	gen_move(g, dst, 10);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_X, dst, number, 0, 0);
	if (gen_one_in(g, 2))
		gen_emit(g, BPF_LDX | BPF_MEM | BPF_B, dst, dst, -16, 0);
	else
		gen_emit(g, BPF_STX | BPF_MEM | BPF_B, dst, number, -16, 0);
	gen_set(g, dst, (struct value){ .kind = NONE });
}
