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
static unsigned int frame_bytes(const struct facts *facts, unsigned int n)
{
	unsigned int bytes = facts->subprogs[n].stack;

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
		chains[n].own = frame_bytes(d->facts, n);
	chains_find(d->c->code, d->facts, CHAIN_CALLS, chains);
}

unsigned int driver_stack(const struct driver *d)
{
	struct chain chains[SUBPROGS_MAX] = { 0 };

	find_chains(d, chains);
	return d->facts->subprog_count ? chains[0].bytes : 0;
}

/* The driver asks for no more than the field of a register in each
 * instruction, reached or not (bpf/verifier.c
 * nfp_assign_subprog_idx_and_regs()).
 */
static void find_pushes(struct driver *d)
{
	for (unsigned int n = 0; n < d->facts->subprog_count; n++) {
		struct subprog *sub = &d->facts->subprogs[n];

		for (unsigned int i = sub->start; i < sub->end; i++) {
			unsigned int dst = d->c->code->insns[i].dst_reg;

			if (dst >= BPF_REG_6 && dst <= BPF_REG_9)
				sub->pushes = true;
		}
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

void driver_check_finalize(struct driver *d)
{
	unsigned int stack, room = d->c->profile->stack;

	find_pushes(d);
	if (d->facts->complete && is_too_deep(d)) {
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
