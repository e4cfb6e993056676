/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the kernel takes out of a program once it is verified, and tells the
 * driver (kernel/bpf/verifier.c; bpf/verifier.c nfp_bpf_opt_replace_insn() and
 * nfp_bpf_opt_remove_insns()). The driver goes on compiling a conditional jump
 * as one, also where the kernel has made it unconditional.
 */
#include "cost_work.h"

static bool is_wide(const struct cost_insn *i)
{
	return i->insn.code == (BPF_LD | BPF_IMM | BPF_DW);
}

/* The second half of a wide instruction is visited with the first
 * (kernel/bpf/verifier.c do_check()).
 */
static bool seen(const struct cost_work *w, unsigned int index)
{
	const struct cost_insn *i = &w->insns[index];

	return i->fact->reached ||
	       (index && is_wide(i - 1) && i[-1].fact->reached);
}

/* kernel/bpf/verifier.c insn_is_cond_jump() */
static bool is_conditional(const struct cost_insn *i)
{
	unsigned int op = BPF_OP(i->insn.code);

	if (!cost_is_jump_class(i) || op == BPF_JA)
		return false;
	return BPF_CLASS(i->insn.code) == BPF_JMP32 ||
	       (op != BPF_EXIT && op != BPF_CALL);
}

/* Does the kernel see `goto +0` here, when what no path reaches is gone?
 * opt_hard_wire_dead_code_branches(), opt_remove_nops(). Removing one of them
 * makes none of another that comes before it: that pass looks once, forwards.
 */
static bool becomes_nop(const struct cost_work *w, const struct cost_insn *i)
{
	bool jump = i->insn.code == (BPF_JMP | BPF_JA);

	if (i->target < 0 || i->index + 1 >= w->count)
		return false;
	if (is_conditional(i)) {
		jump = !seen(w, i->index + 1);
		if (!jump)
			return !seen(w, i->target);
	}
	if (!jump || (unsigned int)i->target <= i->index)
		return false;
	for (int n = i->index + 1; n < i->target; n++)
		if (seen(w, n))
			return false;
	return true;
}

void cost_remove_dead(struct cost_work *w)
{
	for (unsigned int n = 0; n < w->count; n++)
		w->insns[n].removed =
			!seen(w, n) || becomes_nop(w, &w->insns[n]);
}
