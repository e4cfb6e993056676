/* SPDX-License-Identifier: GPL-2.0-only */
/* Stack of the deepest chain of calls (nfp driver, bpf/verifier.c
 * nfp_bpf_finalize(), nfp_bpf_get_stack_usage()). Instructions that no path
 * reaches are not taken out yet, and their calls count.
 */
#include <errno.h>

#include "chain.h"
#include "driver.h"
#include "profile.h"

#define FRAME_ALIGN    64
#define RETURN_ADDRESS 4
#define SAVED	       (4 * 8) /* R6 to R9 */
static unsigned int chain_bytes(const struct facts *facts, unsigned int n)
{
	unsigned int bytes = facts->subprogs[n].told_stack;

	if (n)
		bytes += RETURN_ADDRESS;
	if (n && facts->subprogs[n].pushes)
		bytes += SAVED;
	return (bytes + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN;
}

static void find_chains(const struct driver *d,
			struct chain chains[SUBPROGS_MAX])
{
	for (unsigned int n = 0; n < d->facts->subprog_count; n++)
		chains[n].own = chain_bytes(d->facts, n);
	chains_find(d->c->code, d->facts, CHAIN_CALLS, chains);
}

unsigned int driver_stack(const struct driver *d)
{
	struct chain chains[SUBPROGS_MAX] = { 0 };

	find_chains(d, chains);
	return d->facts->subprog_count ? chains[0].bytes : 0;
}

static void find_called(const struct driver *d, bool called[SUBPROGS_MAX])
{
	called[0] = true;
	for (unsigned int i = 0; i < d->c->code->insn_count; i++) {
		int to = chain_next(d->c->code, d->facts, CHAIN_CALLS, i);

		if (to >= 0)
			called[to] = true;
	}
}

static bool pushes(const struct code *code, const struct subprog *sub)
{
	for (unsigned int i = sub->start; i < sub->end; i++)
		if (code->insns[i].dst_reg >= BPF_REG_6 &&
		    code->insns[i].dst_reg <= BPF_REG_9)
			return true;
	return false;
}

/* The driver counts the functions that are called, and takes what follows for a
 * part of them; the kernel counts those whose address is taken, too. And it asks
 * for no more than the field of a register in each instruction, reached or not
 * (bpf/verifier.c nfp_assign_subprog_idx_and_regs(), nfp_bpf_finalize()).
 */
static void tell_subprogs(struct driver *d)
{
	struct subprog *all = d->facts->subprogs;
	bool called[SUBPROGS_MAX] = { false };
	unsigned int owner = 0, index = 0;

	find_called(d, called);
	for (unsigned int n = 0; n < d->facts->subprog_count; n++) {
		if (called[n]) {
			owner = n;
			all[n].told_stack = all[index++].stack;
		}
		all[owner].pushes |= pushes(d->c->code, &all[n]);
		all[owner].told_end = all[n].end;
		if (called[n] && all[n].told_stack < all[n].stack)
			finding_add(d->c, RULE_U10, all[n].start, 0, NULL);
	}
}

/* The kernel's own limit, which it looks at later (S1, V2): the driver trusts
 * it, and has room for so many frames.
 */
static bool is_too_deep(const struct driver *d)
{
	struct chain chains[SUBPROGS_MAX] = { 0 };

	find_chains(d, chains);
	return d->facts->subprog_count && chains[0].frames > FRAMES_MAX;
}

/* Then nobody comes this far. */
static bool is_refused(const struct check_report *r)
{
	for (size_t i = 0; i < r->finding_count; i++)
		if (!r->findings[i].undecided &&
		    r->findings[i].rule->kind == RULE_REFUSES)
			return true;
	return false;
}

void driver_check_finalize(struct driver *d)
{
	unsigned int stack, room = d->c->profile->stack;

	tell_subprogs(d);
	if (d->facts->complete && !is_refused(d->c->report) && is_too_deep(d)) {
		finding_add(d->c, RULE_U9, -1, 0, NULL);
		return;
	}
	stack = driver_stack(d);
	if (stack > room)
		finding_add(d->c, RULE_S1, -1, EOPNOTSUPP,
			    "[nfp] stack too large: program %dB > FW stack "
			    "%dB",
			    stack, room);
}
