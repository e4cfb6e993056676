/* SPDX-License-Identifier: GPL-2.0-only */
/* What a program returns (J7): the driver does not ask, and the card looks at
 * the lower half of R0 (nfp driver, bpf/jit.c nfp_outro_xdp()).
 */

#include "driver_insn.h"

#define ACTION_LAST 3 /* XDP_TX */

/* A global function is followed apart from who calls it. */
int visit_exit(const struct visit *v)
{
	const struct reg *r0 = state_reg(v->s, BPF_REG_0);
	struct subprog *sub =
		&v->d->facts->subprogs[state_frame(v->s)->subprog];

	if (v->s->current || r0->type == REG_NOT_INIT)
		return 0;
	if (r0->type == REG_SCALAR && r0->var.u32_max <= ACTION_LAST)
		return 0;
	if (r0->type == REG_SCALAR && r0->result_of)
		sub->returns_of[r0->result_of / 64] |= 1ull
						       << r0->result_of % 64;
	else
		v->fact->bad_result = true;
	return 0;
}

static bool returns_of(const struct subprog *sub, unsigned int n)
{
	return sub->returns_of[n / 64] >> n % 64 & 1;
}

/* Whose results become that of the program, itself among them. */
static void find_returned(const struct facts *facts, bool out[SUBPROGS_MAX])
{
	bool more = true;

	out[0] = true;
	while (more) {
		more = false;
		for (unsigned int i = 0; i < facts->subprog_count; i++) {
			for (unsigned int n = 0; n < facts->subprog_count;
			     n++) {
				if (!out[i] || out[n] ||
				    !returns_of(&facts->subprogs[i], n))
					continue;
				out[n] = true;
				more = true;
			}
		}
	}
}

void driver_check_results(const struct driver *d, const struct facts *facts)
{
	bool returned[SUBPROGS_MAX] = { false };

	find_returned(facts, returned);
	for (unsigned int n = 0; n < facts->subprog_count; n++) {
		const struct subprog *sub = &facts->subprogs[n];

		for (unsigned int i = sub->start; i < sub->end; i++)
			if (returned[n] && facts->insns[i].bad_result)
				finding_add(d->c, RULE_J7, i, 0, NULL);
	}
}
