/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "gen.h"

static bool is_wide(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

/* Half of a wide instruction, or a reference to a map, stays as it is. */
static bool is_fixed(const struct gen *g, unsigned int n)
{
	return is_wide(&g->insns[n]) || (n && is_wide(&g->insns[n - 1]));
}

static bool is_jump(const struct bpf_insn *insn)
{
	uint8_t class = BPF_CLASS(insn->code), op = BPF_OP(insn->code);

	return (class == BPF_JMP || class == BPF_JMP32) && op != BPF_CALL &&
	       op != BPF_EXIT;
}

static int moved(int target, int at, int by)
{
	return target > at ? target + by : target;
}

/* Instructions behind @at move by @by: keep the targets of jumps and calls. */
static void retarget(struct gen *g, int at, int by)
{
	for (int i = 0; i < (int)g->count; i++) {
		struct bpf_insn *insn = &g->insns[i];
		int from = moved(i, at, by);

		if (is_jump(insn))
			insn->off = moved(i + 1 + insn->off, at, by) - from - 1;
		else if (pack_names_func(insn))
			insn->imm = moved(i + 1 + insn->imm, at, by) - from - 1;
	}
}

static void delete (struct gen *g, unsigned int n)
{
	if (g->count < 2)
		return;
	retarget(g, n, -1);
	g->count--;
	memmove(&g->insns[n], &g->insns[n + 1],
		(g->count - n) * sizeof(g->insns[0]));
}

static void duplicate(struct gen *g, unsigned int n)
{
	if (g->count == GEN_INSNS)
		return;
	retarget(g, n, 1);
	memmove(&g->insns[n + 1], &g->insns[n],
		(g->count - n) * sizeof(g->insns[0]));
	g->count++;
}

static void swap(struct gen *g, unsigned int n)
{
	struct bpf_insn kept = g->insns[n];

	if (n + 1 >= g->count || is_fixed(g, n + 1))
		return;
	g->insns[n] = g->insns[n + 1];
	g->insns[n + 1] = kept;
}

static void change_code(struct gen *g, struct bpf_insn *insn)
{
	static const uint8_t modes[] = {
		BPF_LDX | BPF_MEM, BPF_STX | BPF_MEM,	 BPF_ST | BPF_MEM,
		BPF_LDX | 0x80,	   BPF_STX | BPF_ATOMIC, BPF_LD | BPF_ABS,
		BPF_LD | BPF_IND,
	};
	/* The newest instruction set: long jumps, swaps, signed loads. */
	static const uint8_t v4[] = { 0x06, 0xe5, 0xd7, 0x81, 0x89, 0x91 };

	switch (gen_below(g, 7)) {
	case 6:
		insn->code = v4[gen_below(g, COUNT(v4))];
		break;
	case 0:
		insn->code = gen_random(g);
		break;
	case 1:
		insn->code = modes[gen_below(g, COUNT(modes))];
		insn->code |= gen_size(g);
		break;
	case 2:
		insn->code ^= 1U << gen_below(g, 8);
		break;
	case 3:
		insn->code ^= BPF_X;
		break;
	case 4:
		insn->code = (insn->code & 0x0f) | gen_below(g, 16) << 4;
		break;
	default:
		insn->code ^= 1 + gen_below(g, 7);
	}
	/* That would be a reference to something else. */
	if (is_wide(insn))
		insn->src_reg = 0;
}

static void change(struct gen *g, struct bpf_insn *insn)
{
	switch (gen_below(g, 5)) {
	case 0:
		change_code(g, insn);
		break;
	case 1:
		insn->dst_reg = gen_below(g, gen_one_in(g, 12) ? 16 : 11);
		break;
	case 2:
		insn->src_reg = gen_below(g, gen_one_in(g, 12) ? 16 : 11);
		break;
	case 3:
		if (gen_one_in(g, 3)) /* signed moves and divisions */
			insn->off = 1 << gen_below(g, 6);
		else
			insn->off =
				gen_one_in(g, 2)
					? insn->off + (int)gen_below(g, 9) - 4
					: gen_imm(g);
		break;
	default:
		insn->imm = gen_one_in(g, 2) ? insn->imm + gen_below(g, 9) - 4U
					     : (uint32_t)gen_imm(g);
	}
}

void gen_mutate(struct gen *g)
{
	unsigned int n = gen_below(g, g->count);

	if (is_fixed(g, n))
		return;
	switch (gen_below(g, 8)) {
	case 0 ... 1:
		delete (g, n);
		break;
	case 2:
		duplicate(g, n);
		break;
	case 3:
		swap(g, n);
		break;
	default:
		change(g, &g->insns[n]);
	}
}
