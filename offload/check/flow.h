/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel asks of a program before it follows any path: functions that
 * end, jumps within them, map references that resolve, no unreachable
 * instruction.
 */
#ifndef CHECK_FLOW_H
#define CHECK_FLOW_H

#include "fact.h"
#include "report.h"

/* What an instruction is to a path. */
enum flow_point {
	POINT_PRUNE = 1 << 0, /* states are compared before it */
	POINT_JUMP = 1 << 1,  /* paths come here from elsewhere */
};

struct flow {
	unsigned char *points; /* per instruction */
	/* Per subprogram: calls a helper that moves the packet. */
	bool *moves_packet;
};

/**
 * flow_check() - all of that
 * @facts: insns allocated; subprograms are filled
 * @out:   freed with flow_free(), also after a failure
 *
 * Return: true where paths can be followed; otherwise a finding was added, or
 * c->no_memory set.
 */
bool flow_check(struct checking *c, struct facts *facts, struct flow *out);
void flow_free(struct flow *flow);

/* Index of the subprogram that begins at @insn, -1 if none does. */
int flow_subprog(const struct facts *facts, unsigned int insn);

static inline bool insn_is_map(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
	       (insn->src_reg == BPF_PSEUDO_MAP_FD ||
		insn->src_reg == BPF_PSEUDO_MAP_VALUE);
}

static inline bool insn_is_tail_call(const struct bpf_insn *insn)
{
	return insn_is_call_of(insn, 0) && insn->imm == BPF_FUNC_tail_call;
}

/* What runs on the card is not compiled for the host, and then no kernel's
 * function may be called, on any path (fixup_call_args(), as Debian configures
 * its kernels: without CONFIG_BPF_JIT_ALWAYS_ON).
 */
#define NOT_JITED_KFUNC \
	"calling kernel functions are not allowed in non-JITed programs"

/* Does a helper move the packet, so that pointers into it are gone? */
bool helper_moves_packet(int helper);

#endif
