/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps of flow_check(), in the kernel's order. Each returns false where a
 * finding was added, or c->no_memory set.
 */
#ifndef CHECK_FLOW_PRIVATE_H
#define CHECK_FLOW_PRIVATE_H

#include "chain.h"
#include "flow.h"

bool flow_find_subprogs(struct checking *c, struct facts *facts);
bool flow_check_subprogs(struct checking *c, const struct facts *facts);
bool flow_resolve(struct checking *c);
bool flow_check_graph(struct checking *c, struct flow *flow);

static inline bool insn_is_jump(const struct bpf_insn *insn)
{
	int class = BPF_CLASS(insn->code);

	return (class == BPF_JMP || class == BPF_JMP32) &&
	       BPF_OP(insn->code) != BPF_EXIT && BPF_OP(insn->code) != BPF_CALL;
}

/* gotol has its offset elsewhere. */
static inline long insn_jumps_to(const struct bpf_insn *insn, unsigned int at)
{
	return (long)at + 1 +
	       (insn->code == (BPF_JMP32 | BPF_JA) ? insn->imm : insn->off);
}

#endif
