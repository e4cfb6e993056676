/* SPDX-License-Identifier: GPL-2.0-only */
/* Follows the order of bpf_check() (kernel/bpf/verifier.c). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "flow_private.h"

bool helper_moves_packet(int helper)
{
	/* Those that an XDP program may call (net/core/filter.c
	 * bpf_helper_changes_pkt_data()).
	 */
	static const int movers[] = {
		BPF_FUNC_xdp_adjust_head,
		BPF_FUNC_xdp_adjust_meta,
		BPF_FUNC_xdp_adjust_tail,
		BPF_FUNC_tail_call,
	};

	for (size_t i = 0; i < sizeof(movers) / sizeof(movers[0]); i++)
		if (movers[i] == helper)
			return true;
	return false;
}

/* A function that calls one which moves the packet does so itself; those come
 * in any order.
 */
static void find_packet_movers(const struct code *code,
			       const struct facts *facts, struct flow *flow)
{
	bool more = true;

	while (more) {
		more = false;
		for (unsigned int s = 0; s < facts->subprog_count; s++) {
			const struct subprog *sub = &facts->subprogs[s];
			bool moves = flow->moves_packet[s];

			for (unsigned int i = sub->start; i < sub->end; i++) {
				const struct bpf_insn *insn = &code->insns[i];
				int to = flow_subprog(facts, i + 1 + insn->imm);

				if (insn_is_call_of(insn, 0))
					moves |= helper_moves_packet(insn->imm);
				else if (insn_is_call_of(insn, BPF_PSEUDO_CALL))
					moves |= to >= 0 &&
						 flow->moves_packet[to];
			}
			more |= moves != flow->moves_packet[s];
			flow->moves_packet[s] = moves;
		}
	}
}

/* The driver looks at the wrong field of a long jump, before anybody has looked
 * at either (nfp driver, bpf/jit.c nfp_bpf_jit_prepare()).
 */
static void check_long_jumps(struct checking *c)
{
	const struct code *code = c->code;

	for (unsigned int i = 0; i < code->insn_count; i++) {
		long to = (long)i + 1 + code->insns[i].off;

		if (code->insns[i].code == (BPF_JMP32 | BPF_JA) &&
		    (to < 0 || to >= code->insn_count))
			finding_add(c, RULE_U12, i, 0,
				    "BUG: unable to handle page fault");
	}
}

bool flow_check(struct checking *c, struct facts *facts, struct flow *out)
{
	memset(out, 0, sizeof(*out));
	out->points = calloc(c->code->insn_count + 1, sizeof(*out->points));
	out->moves_packet = calloc(SUBPROGS_MAX + 1, sizeof(bool));
	if (!out->points || !out->moves_packet) {
		c->no_memory = true;
		return false;
	}
	if (!flow_find_subprogs(c, facts) || !flow_check_subprogs(c, facts) ||
	    !flow_resolve(c))
		return false;
	check_long_jumps(c);
	if (!flow_check_graph(c, out))
		return false;
	find_packet_movers(c->code, facts, out);
	return true;
}

void flow_free(struct flow *flow)
{
	free(flow->points);
	free(flow->moves_packet);
}
