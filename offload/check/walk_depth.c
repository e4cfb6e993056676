/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>

#include "flow.h"
#include "walk.h"

static unsigned int rounded(enum check_kernel kernel, unsigned int stack)
{
	if (kernel >= CHECK_KERNEL_6_12)
		return (stack + 15) / 16 * 16;
	return ((stack ? stack : 1) + 31) / 32 * 32;
}

/* The deepest chain of calls from a function on. */
struct depth {
	enum {
		DEPTH_UNKNOWN,
		DEPTH_ASKED,
		DEPTH_KNOWN
	} state;
	unsigned int frames;
	unsigned int bytes;
};

static void find_depth(const struct driver *d, struct depth *all,
		       unsigned int subprog)
{
	const struct subprog *sub = &d->facts->subprogs[subprog];
	struct depth deepest = { .state = DEPTH_KNOWN };

	all[subprog].state = DEPTH_ASKED;
	for (unsigned int i = sub->start; i < sub->end; i++) {
		const struct bpf_insn *insn = &d->c->code->insns[i];
		int to;

		if (!insn_is_call_of(insn, BPF_PSEUDO_CALL))
			continue;
		to = flow_subprog(d->facts, i + 1 + insn->imm);
		if (all[to].state == DEPTH_UNKNOWN)
			find_depth(d, all, to);
		if (all[to].bytes > deepest.bytes)
			deepest = all[to];
	}
	deepest.frames++;
	deepest.bytes += rounded(d->c->kernel, sub->stack);
	all[subprog] = deepest;
}

/* The stack of all frames together, as a host would need it (kernel/bpf/
 * verifier.c check_max_stack_depth()).
 */
void walk_check_depth(const struct driver *d)
{
	struct depth *all = calloc(d->facts->subprog_count, sizeof(*all));

	if (!all) {
		d->c->no_memory = true;
		return;
	}
	find_depth(d, all, 0);
	if (all[0].bytes > STACK_BYTES)
		finding_add(d->c, RULE_S1, -1, EACCES,
			    "combined stack size of %u calls is %u. Too large",
			    all[0].frames, all[0].bytes);
	free(all);
}
