/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls of helpers and of the program's own functions. */
#include "cost_work.h"

#define FRAME_ALIGN 64

unsigned int cost_frame(const struct facts *facts, unsigned int subprog)
{
	const struct subprog *s = &facts->subprogs[subprog];
	unsigned int bytes = s->told_stack;

	if (subprog)
		bytes += 4 + (s->pushes ? 4 * 8 : 0);
	return (bytes + 3) / 4 * 4;
}

/* The firmware finds the key where local memory is pointed at: at the frame's
 * lowest byte it is already (bpf/jit.c map_call_stack_common()).
 */
static int map_call(const struct cost_work *w, const struct cost_insn *i)
{
	const struct reg *key = &i->fact->arg2;
	int64_t off =
		(int64_t)w->frame + (int64_t)key->var.bits.value + key->off;
	int cost = 3;

	if (i->insn.imm == BPF_FUNC_map_update_elem)
		cost++;
	if (off || i->fact->arg2_varies)
		cost += 1 + 1 + 3;
	return cost;
}

/* One call by a constant within what always fits needs no checks
 * (bpf/jit.c adjust_head()).
 */
static int adjust_head(const struct cost_work *w)
{
	return w->d->facts->adjust_head != UINT32_MAX ? 5 : 16;
}

/* bpf/jit.c helper_call(), adjust_tail(), nfp_get_prandom_u32(),
 * nfp_perf_event_output()
 */
static int helper_call(const struct cost_work *w, const struct cost_insn *i)
{
	switch (i->insn.imm) {
	case BPF_FUNC_map_lookup_elem:
	case BPF_FUNC_map_update_elem:
	case BPF_FUNC_map_delete_elem:
		return map_call(w, i);
	case BPF_FUNC_xdp_adjust_head:
		return adjust_head(w);
	case BPF_FUNC_xdp_adjust_tail:
		return 11;
	case BPF_FUNC_get_prandom_u32:
	case BPF_FUNC_perf_event_output:
		return 3;
	}
	return -EOPNOTSUPP;
}

/* A caller with a stack moves to the next frame and back. A callee that needs
 * its registers kept is reached through the routine that does it
 * (bpf/jit.c bpf_to_bpf_call()).
 */
static int subprog_call(const struct cost_work *w, const struct cost_insn *i)
{
	unsigned int frame = (w->frame + FRAME_ALIGN - 1) & -FRAME_ALIGN;
	const struct cost_insn *callee;
	int cost;

	if (i->target < 0)
		return -ELOOP;
	callee = &w->insns[i->target];
	cost = w->d->facts->subprogs[callee->subprog].pushes ? 3 : 2;
	if (frame)
		cost += 2 * cost_operand(frame) + 2 + 5;
	return cost;
}

int cost_call(struct cost_work *w, const struct cost_insn *i)
{
	return cost_is_subprog_call(i) ? subprog_call(w, i) : helper_call(w, i);
}
