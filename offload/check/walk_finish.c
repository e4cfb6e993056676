/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kernel asks of the whole program once all paths were followed
 * (kernel/bpf/verifier.c check_max_stack_depth(), fixup_call_args()).
 */
#include <errno.h>

#include "chain.h"
#include "flow.h"
#include "walk.h"

static unsigned int rounded(enum check_kernel kernel, unsigned int stack)
{
	if (kernel >= CHECK_KERNEL_6_12)
		return (stack + 15) / 16 * 16;
	return ((stack ? stack : 1) + 31) / 32 * 32;
}

/* A way down through the functions: frames and bytes with this one. */
struct descent {
	unsigned int subprog;
	unsigned int frames;
	unsigned int bytes;
};

static bool refuse_depth(const struct driver *d, const struct descent *at)
{
	if (at->frames > FRAMES_MAX)
		finding_add(d->c, RULE_V2, -1, E2BIG,
			    "the call stack of %u frames is too deep !",
			    FRAMES_MAX);
	else if (at->bytes > STACK_BYTES)
		finding_add(d->c, RULE_S1, -1, EACCES,
			    "combined stack size of %u calls is %u. Too large",
			    at->frames, at->bytes);
	return at->frames > FRAMES_MAX || at->bytes > STACK_BYTES;
}

/* Can nothing be wrong further down? */
static bool is_harmless(const struct chain *chain, const struct descent *at)
{
	return at->frames - 1 + chain->frames <= FRAMES_MAX &&
	       at->bytes - chain->own + chain->bytes <= STACK_BYTES;
}

/* The first way that is too deep, in the kernel's order. Return: there is one.
 */
static bool descend(const struct driver *d, const struct chain *chains,
		    const struct descent *at)
{
	const struct subprog *sub = &d->facts->subprogs[at->subprog];

	if (refuse_depth(d, at))
		return true;
	if (is_harmless(&chains[at->subprog], at))
		return false;
	for (unsigned int i = sub->start; i < sub->end; i++) {
		int to = chain_next(d->c->code, d->facts, CHAIN_NAMES, i);
		struct descent next;

		if (to < 0)
			continue;
		next.subprog = to;
		next.frames = at->frames + 1;
		next.bytes = at->bytes + chains[to].own;
		if (descend(d, chains, &next))
			return true;
	}
	return false;
}

static void check_depth(const struct driver *d)
{
	struct chain chains[SUBPROGS_MAX] = { 0 };
	struct descent start = { .frames = 1 };

	for (unsigned int n = 0; n < d->facts->subprog_count; n++)
		chains[n].own =
			rounded(d->c->kernel, d->facts->subprogs[n].stack);
	chains_find(d->c->code, d->facts, CHAIN_NAMES, chains);
	start.bytes = chains[0].own;
	descend(d, chains, &start);
}

/* What only a compiler for the host could do, as Debian configures its kernels:
 * without CONFIG_BPF_JIT_ALWAYS_ON. Dead instructions are gone by now, but calls
 * were counted before.
 */
static void check_interpreted(const struct driver *d)
{
	const struct code *code = d->c->code;
	unsigned int first = d->facts->subprog_count > 1
				     ? d->facts->subprogs[1].start
				     : code->insn_count;

	for (unsigned int i = 0; i < code->insn_count; i++) {
		const struct bpf_insn *insn = &code->insns[i];

		if (insn_is_call_of(insn, BPF_PSEUDO_KFUNC_CALL))
			finding_add(d->c, RULE_J5, i, EINVAL, NOT_JITED_KFUNC);
		else if (i >= first && insn_is_tail_call(insn))
			finding_add(d->c, RULE_J4, i, EINVAL,
				    "tail_calls are not allowed in non-JITed "
				    "programs with bpf-to-bpf calls");
		else if (insn_is_func_address(insn) &&
			 d->facts->insns[i].reached)
			finding_add(d->c, RULE_J8, i, EINVAL,
				    "callbacks are not allowed in non-JITed "
				    "programs");
	}
}

void walk_finish(const struct driver *d)
{
	check_depth(d);
	check_interpreted(d);
}
