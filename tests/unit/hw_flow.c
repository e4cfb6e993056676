/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <linux/bpf.h>

#include "hw_scan.h"

/* What is known of a register at one instruction, on every way to it. */
enum kind {
	OTHER,
	CONTEXT,
	STACK,
	MAP_VALUE,
};

#define VARIES INT_MIN

struct value {
	enum kind kind;
	int off; /* bytes from where the pointer began; VARIES */
};

#define N_REGS 11

struct state {
	bool reached;
	struct value reg[N_REGS];
};

static const struct value unknown = { OTHER, 0 };

static bool is_same(struct value a, struct value b)
{
	return a.kind == b.kind && a.off == b.off;
}

static struct value somewhere(enum kind kind)
{
	return (struct value){ kind, kind == OTHER ? 0 : VARIES };
}

static struct value join(struct value a, struct value b)
{
	if (is_same(a, b))
		return a;
	return a.kind == b.kind ? somewhere(a.kind) : unknown;
}

/* Return: whether @to knows less than before, or was not reached before. */
static bool flow_into(struct state *to, const struct state *from)
{
	bool changed = !to->reached;

	if (!to->reached) {
		*to = *from;
		return true;
	}
	for (int i = 0; i < N_REGS; i++) {
		struct value joined = join(to->reg[i], from->reg[i]);

		changed |= !is_same(joined, to->reg[i]);
		to->reg[i] = joined;
	}
	return changed;
}

static struct value moved(struct value v, int by)
{
	if (v.kind != OTHER && v.off != VARIES)
		v.off += by;
	return v;
}

static struct value alu_result(const struct bpf_insn *insn,
			       const struct value *reg)
{
	struct value dst = reg[insn->dst_reg], src = reg[insn->src_reg];

	if (BPF_CLASS(insn->code) == BPF_ALU)
		return unknown;
	if (BPF_SRC(insn->code) == BPF_K) {
		if (BPF_OP(insn->code) == BPF_MOV)
			return unknown;
		if (BPF_OP(insn->code) == BPF_ADD)
			return moved(dst, insn->imm);
	} else if (BPF_OP(insn->code) == BPF_MOV) {
		return src;
	}
	return somewhere(dst.kind != OTHER ? dst.kind : src.kind);
}

static void after_call(const struct bpf_insn *insn, struct value *reg)
{
	for (int i = 0; i <= 5; i++)
		reg[i] = unknown;
	if (insn->imm == BPF_FUNC_map_lookup_elem)
		reg[0] = (struct value){ MAP_VALUE, 0 };
}

static void execute(const struct bpf_insn *insn, struct state *s)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		s->reg[insn->dst_reg] = alu_result(insn, s->reg);
		break;
	case BPF_LD:
	case BPF_LDX:
		s->reg[insn->dst_reg] = unknown;
		break;
	case BPF_JMP:
		if (BPF_OP(insn->code) == BPF_CALL)
			after_call(insn, s->reg);
		break;
	}
}

static bool is_jump(const struct bpf_insn *insn)
{
	__u8 class = BPF_CLASS(insn->code), op = BPF_OP(insn->code);

	return (class == BPF_JMP || class == BPF_JMP32) && op != BPF_CALL &&
	       op != BPF_EXIT;
}

static bool falls_through(const struct bpf_insn *insn)
{
	return insn->code != (BPF_JMP | BPF_JA) &&
	       insn->code != (BPF_JMP | BPF_EXIT);
}

static bool flow_to(const struct hw_program *p, struct state *states, long to,
		    const struct state *from)
{
	if (to < 0 || to >= (long)p->n)
		return false; /* for the verifier to refuse */
	return flow_into(&states[to], from);
}

/* Once through the program. Return: whether anything changed. */
static bool flow_once(const struct hw_program *p, struct state *states)
{
	bool changed = false;

	for (size_t i = 0; i < p->n; i++) {
		const struct bpf_insn *insn = &p->insns[i];
		struct state after = states[i];
		long next = i + 1;

		if (!after.reached)
			continue;
		execute(insn, &after);
		if (insn->code == (BPF_LD | BPF_IMM | BPF_DW))
			next++;
		if (falls_through(insn))
			changed |= flow_to(p, states, next, &after);
		if (is_jump(insn))
			changed |= flow_to(p, states, next + insn->off, &after);
	}
	return changed;
}

/* The register through which memory is read or written; NULL for others. */
static const struct value *base_of(const struct bpf_insn *insn,
				   const struct state *s)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_LDX:
		return &s->reg[insn->src_reg];
	case BPF_STX:
		return &s->reg[insn->dst_reg];
	default:
		return NULL;
	}
}

static bool is_call(const struct bpf_insn *insn, int helper)
{
	return insn->code == (BPF_JMP | BPF_CALL) && !insn->src_reg &&
	       insn->imm == helper;
}

/* What a helper is given: the key, or the event. NULL for other helpers. */
static const struct value *argument_of(const struct bpf_insn *insn,
				       const struct state *s)
{
	if (is_call(insn, BPF_FUNC_map_lookup_elem))
		return &s->reg[2];
	if (is_call(insn, BPF_FUNC_perf_event_output))
		return &s->reg[4];
	return NULL;
}

/* Return: offset of the bottom of the frame, which is a multiple of eight. */
static int bottom_of(const struct hw_program *p, const struct state *states)
{
	int bottom = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct value *base = base_of(&p->insns[i], &states[i]);
		int off = base ? p->insns[i].off : 0;

		if (!base)
			base = argument_of(&p->insns[i], &states[i]);
		if (!states[i].reached || !base || base->kind != STACK ||
		    base->off == VARIES)
			continue;
		if (base->off + off < bottom)
			bottom = base->off + off;
	}
	return (bottom - 7) / 8 * 8;
}

static bool is_data_or_end(const struct bpf_insn *insn, int off)
{
	return insn->code == (BPF_LDX | BPF_MEM | BPF_W) &&
	       (off == offsetof(struct xdp_md, data) ||
		off == offsetof(struct xdp_md, data_end));
}

static void check_access(const struct hw_program *p, int i,
			 const struct value *base)
{
	const struct bpf_insn *insn = &p->insns[i];
	bool is_store = BPF_CLASS(insn->code) == BPF_STX;
	bool is_atomic = is_store && BPF_MODE(insn->code) == BPF_ATOMIC;

	if (is_atomic && base->kind != MAP_VALUE)
		hw_report(p, HW_ATOMIC_TARGET, i);
	else if (base->kind == CONTEXT &&
		 !is_data_or_end(insn, base->off + insn->off))
		hw_report(p, HW_CONTEXT, i);
	else if (base->kind == STACK && base->off == VARIES)
		hw_report(p, HW_STACK_OFFSET, i);
	else if (base->kind == MAP_VALUE && is_store && !is_atomic)
		hw_report(p, HW_MAP_STORE, i);
}

static void check_argument(const struct hw_program *p, int i,
			   const struct value *arg, int bottom)
{
	if (arg->kind != STACK || arg->off == VARIES)
		hw_report(p, HW_KEY_PLACE, i);
	else if (arg->off % 4)
		hw_report(p, HW_KEY_ALIGNMENT, i);
	else if (!p->tracing && arg->off != bottom)
		hw_report(p, HW_KEY_BOTTOM, i);
}

int hw_check_flow(const struct hw_program *p)
{
	struct state *states = calloc(p->n + 1, sizeof(*states));
	int bottom;

	if (!states)
		return -ENOMEM;
	states[0].reached = true;
	states[0].reg[1].kind = CONTEXT;
	states[0].reg[10].kind = STACK;
	while (flow_once(p, states))
		;
	bottom = bottom_of(p, states);
	for (size_t i = 0; i < p->n; i++) {
		const struct value *base = base_of(&p->insns[i], &states[i]);
		const struct value *arg = argument_of(&p->insns[i], &states[i]);

		if (!states[i].reached)
			continue;
		if (base)
			check_access(p, i, base);
		if (arg)
			check_argument(p, i, arg, bottom);
	}
	free(states);
	return 0;
}
