/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "gen.h"

/* splitmix64: any seed is a good one. */
uint64_t gen_random(struct gen *g)
{
	uint64_t z = g->random += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

unsigned int gen_below(struct gen *g, unsigned int n)
{
	return (gen_random(g) >> 32) * n >> 32;
}

bool gen_one_in(struct gen *g, unsigned int n)
{
	return gen_below(g, n) == 0;
}

bool gen_fault(struct gen *g, unsigned int n)
{
	return gen_one_in(g, n) && !g->clean;
}

bool gen_sloppy(struct gen *g)
{
	return g->sloppy && gen_one_in(g, g->sloppy);
}

/* Where the driver's immediates change their cost, and any. */
int32_t gen_imm(struct gen *g)
{
	static const int32_t often[] = {
		0,	    1,		-1,	   2,	       3,
		4,	    7,		8,	   14,	       15,
		16,	    31,		32,	   63,	       127,
		128,	    255,	256,	   257,	       -2,
		-8,	    -128,	-255,	   -256,       -257,
		0xffff,	    0x10000,	0xff00,	   0xff0000,   0xff00ff,
		0xff000000, 0x7fffffff, INT32_MIN, 0xffff0000, 0x00ffff00,
		0x0800,	    0x86dd,	1500,
	};

	switch (gen_below(g, 8)) {
	case 0:
		return gen_random(g);
	case 1:
		return gen_below(g, 0x10000);
	case 2:
		return gen_below(g, 256);
	case 3:
		return 1U << gen_below(g, 32);
	}
	return often[gen_below(g, COUNT(often))];
}

unsigned int gen_size(struct gen *g)
{
	static const uint8_t sizes[] = { BPF_B, BPF_H, BPF_W, BPF_DW };

	return sizes[gen_below(g, COUNT(sizes))];
}

unsigned int gen_bytes(unsigned int size)
{
	return size == BPF_B ? 1 : size == BPF_H ? 2 : size == BPF_W ? 4 : 8;
}

void gen_emit(struct gen *g, uint8_t code, unsigned int dst, unsigned int src,
	      int off, int32_t imm)
{
	/* The end of a program has to have its place. */
	if (g->count >= GEN_INSNS)
		return;
	g->insns[g->count++] = (struct bpf_insn){
		.code = code,
		.dst_reg = dst,
		.src_reg = src,
		.off = off,
		.imm = imm,
	};
}

void gen_imm64(struct gen *g, unsigned int dst, unsigned int src, uint64_t n)
{
	gen_emit(g, BPF_LD | BPF_IMM | BPF_DW, dst, src, 0, n);
	gen_emit(g, 0, 0, 0, 0, n >> 32);
}

void gen_set(struct gen *g, unsigned int dst, struct value value)
{
	if (dst < 10)
		g->env.r[dst] = value;
}

void gen_move(struct gen *g, unsigned int dst, unsigned int src)
{
	const struct value frame = { .kind = FRAME };

	gen_emit(g, BPF_ALU64 | BPF_MOV | BPF_X, dst, src, 0, 0);
	gen_set(g, dst, src < 10 ? g->env.r[src] : frame);
}

void gen_constant(struct gen *g, unsigned int dst, int32_t n)
{
	bool wide = n < 0 ? gen_one_in(g, 2) : gen_one_in(g, 3);

	gen_emit(g, (wide ? BPF_ALU64 : BPF_ALU) | BPF_MOV | BPF_K, dst, 0, 0,
		 n);
	gen_set(g, dst,
		(struct value){ .kind = NUMBER,
				.max = wide ? (uint64_t)(int64_t)n
					    : (uint32_t)n });
}

unsigned int gen_target(struct gen *g)
{
	unsigned int reg;

	if (gen_sloppy(g))
		return gen_below(g, 11);
	for (unsigned int try = 0; try < 20; try++) {
		reg = gen_below(g, 10);
		if (g->locked >> reg & 1)
			continue;
		/* Pointers are worth more than numbers. */
		if (g->env.r[reg].kind > NUMBER && !gen_one_in(g, 8))
			continue;
		if (g->env.r[reg].kind != CONTEXT || gen_one_in(g, 16))
			return reg;
	}
	for (reg = 0; reg < 9 && g->locked >> reg & 1; reg++)
		;
	return reg;
}

int gen_find(struct gen *g, enum kind kind)
{
	unsigned int first = gen_below(g, 10);

	if (gen_sloppy(g))
		return first;
	for (unsigned int i = 0; i < 10; i++)
		if (g->env.r[(first + i) % 10].kind == kind)
			return (first + i) % 10;
	return -1;
}

unsigned int gen_number(struct gen *g)
{
	int reg = gen_one_in(g, 8) ? -1 : gen_find(g, NUMBER);

	if (reg >= 0)
		return reg;
	reg = gen_target(g);
	gen_constant(g, reg, gen_imm(g));
	return reg;
}

void gen_bound(struct gen *g, unsigned int reg, uint64_t max)
{
	unsigned int bits = 64 - (max ? __builtin_clzll(max) : 63);

	if (reg > 9 || g->locked >> reg & 1)
		return;
	if (gen_one_in(g, 3) && max == UINT32_MAX)
		gen_emit(g, BPF_ALU | BPF_MOV | BPF_X, reg, reg, 0, 0);
	else if (gen_one_in(g, 3))
		gen_emit(g, BPF_ALU64 | BPF_RSH | BPF_K, reg, 0, 0,
			 bits < 64 ? 64 - bits + !!(max & (max + 1)) : 0);
	else if (max <= INT32_MAX)
		gen_emit(g,
			 (gen_one_in(g, 2) ? BPF_ALU64 : BPF_ALU) | BPF_AND |
				 BPF_K,
			 reg, 0, 0, max);
	else
		gen_emit(g, BPF_ALU | BPF_AND | BPF_K, reg, 0, 0, max);
	g->env.r[reg].max = max;
}

unsigned int gen_bounded(struct gen *g, uint64_t max)
{
	unsigned int reg = gen_number(g);

	if (reg < 10 && g->env.r[reg].max > max && !gen_sloppy(g))
		gen_bound(g, reg, max);
	return reg;
}

void gen_forget(struct gen *g, enum kind kind)
{
	for (unsigned int i = 0; i < 10; i++)
		if (g->env.r[i].kind == kind)
			g->env.r[i].kind = NONE;
	for (unsigned int i = 0; i < GEN_SLOTS; i++)
		if (g->env.slots[i].spilled &&
		    g->env.slots[i].value.kind == kind)
			g->env.slots[i].written = 0;
}

void gen_call(struct gen *g, int32_t helper)
{
	gen_emit(g, BPF_JMP | BPF_CALL, 0, 0, 0, helper);
	for (unsigned int i = 0; i <= 5; i++)
		g->env.r[i].kind = NONE;
	gen_set(g, 0, (struct value){ .kind = NUMBER, .max = UINT64_MAX });
}
