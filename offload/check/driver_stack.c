/* SPDX-License-Identifier: GPL-2.0-only */
/* Stack of the deepest chain of calls (nfp driver, bpf/verifier.c
 * nfp_bpf_finalize(), nfp_bpf_get_stack_usage()). Instructions that no path
 * reaches are not taken out yet, and their calls count.
 */
#include <errno.h>
#include <string.h>

#include "profile.h"
#include "driver.h"

#define FRAME_ALIGN    64
#define RETURN_ADDRESS 4
#define SAVED	       (4 * 8) /* R6 to R9 */
#define SUBPROGS_MAX   256     /* kernel, BPF_MAX_SUBPROGS */

/* Bytes from a function to the end of its deepest chain, once known. */
struct depths {
	const struct driver *d;
	bool known[SUBPROGS_MAX];
	unsigned int bytes[SUBPROGS_MAX];
};

static unsigned int frame_bytes(const struct facts *facts, unsigned int n)
{
	unsigned int bytes = facts->subprogs[n].stack;

	if (n)
		bytes += RETURN_ADDRESS;
	if (n && facts->subprogs[n].pushes)
		bytes += SAVED;
	return (bytes + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN;
}

/* The function that the call at @insn leads to, or none. */
static bool callee(const struct driver *d, unsigned int insn, unsigned int *n)
{
	const struct bpf_insn *call = &d->c->code->insns[insn];

	if (call->code != (BPF_JMP | BPF_CALL) ||
	    call->src_reg != BPF_PSEUDO_CALL)
		return false;
	for (*n = 0; *n < d->facts->subprog_count; (*n)++)
		if (d->facts->subprogs[*n].start ==
		    insn + 1 + (unsigned int)call->imm)
			return true;
	return false;
}

/* The kernel refuses what is deeper than @left frames, and recursion. */
static unsigned int chain_bytes(struct depths *depths, unsigned int n,
				unsigned int left)
{
	const struct driver *d = depths->d;
	const struct subprog *sub = &d->facts->subprogs[n];
	unsigned int deepest = 0, called;

	if (n >= SUBPROGS_MAX || !left)
		return 0;
	if (depths->known[n])
		return depths->bytes[n];
	depths->known[n] = true;
	for (unsigned int i = sub->start; i < sub->end; i++)
		if (callee(d, i, &called)) {
			unsigned int more =
				chain_bytes(depths, called, left - 1);

			deepest = more > deepest ? more : deepest;
		}
	depths->bytes[n] = frame_bytes(d->facts, n) + deepest;
	return depths->bytes[n];
}

unsigned int driver_stack(const struct driver *d)
{
	struct depths depths = { .d = d };

	if (!d->facts->subprog_count)
		return 0;
	return chain_bytes(&depths, 0, FRAMES_MAX);
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

void driver_check_finalize(struct driver *d)
{
	unsigned int stack, room = d->c->profile->stack;

	find_pushes(d);
	stack = driver_stack(d);
	if (stack > room)
		finding_add(d->c, RULE_S1, -1, EOPNOTSUPP,
			    "[nfp] stack too large: program %dB > FW stack "
			    "%dB",
			    stack, room);
}
