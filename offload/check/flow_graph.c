/* SPDX-License-Identifier: GPL-2.0-only */
/* The graph of instructions: none that is unreachable, and where states are
 * compared (kernel/bpf/verifier.c check_cfg()).
 */
#include <errno.h>
#include <stdlib.h>

#include "flow_private.h"

/* How far check_cfg() has come with an instruction. */
enum {
	UNSEEN,
	SEEN,
	DONE
};

struct graph {
	struct checking *c;
	struct flow *flow;
	unsigned char *seen;  /* per instruction */
	unsigned char *edges; /* per instruction: how many were followed */
	unsigned int *stack;
	unsigned int depth;
};

/* Where the edges of an instruction lead; returns how many there are. The
 * callee of a call is one, after what follows the call.
 */
static unsigned int edges_of(struct graph *g, unsigned int i, long to[2])
{
	const struct bpf_insn *insn = &g->c->code->insns[i];
	bool wide = insn->code == (BPF_LD | BPF_IMM | BPF_DW);

	to[0] = (long)i + 1 + wide;
	if (insn_names_func(insn)) {
		to[1] = (long)i + 1 + insn->imm;
		return 2;
	}
	if (insn->code == (BPF_JMP | BPF_EXIT))
		return 0;
	if (!insn_is_jump(insn))
		return 1;
	to[1] = insn_jumps_to(insn, i);
	if (BPF_OP(insn->code) != BPF_JA)
		return 2;
	to[0] = to[1];
	return 1;
}

/* Where a kernel compares states (visit_insn()). */
static void mark_points(struct graph *g, unsigned int i, const long to[2])
{
	const struct bpf_insn *insn = &g->c->code->insns[i];
	unsigned char *points = g->flow->points;

	if (insn_names_func(insn)) {
		points[i] |= POINT_PRUNE;
		points[to[0]] |= POINT_PRUNE | POINT_JUMP;
		points[to[1]] |= POINT_PRUNE | POINT_JUMP;
	} else if (insn->code == (BPF_JMP | BPF_CALL)) {
		points[to[0]] |= POINT_PRUNE | POINT_JUMP;
	} else if (insn_is_jump(insn)) {
		bool always = BPF_OP(insn->code) == BPF_JA;

		points[to[!always]] |= POINT_PRUNE | POINT_JUMP;
		if (!always)
			points[i] |= POINT_PRUNE;
	}
}

/* May an instruction lead back to one on the way to it? 6.1 lets only jumps,
 * and so finds recursion here; 6.12 finds it when it follows the calls.
 */
static bool may_lead_back(const struct graph *g, unsigned int i)
{
	const struct bpf_insn *insn = &g->c->code->insns[i];

	return g->c->kernel >= CHECK_KERNEL_6_12 || insn_is_jump(insn) ||
	       (insn_names_func(insn) && BPF_CLASS(insn->code) == BPF_LD);
}

static bool follow_edges(struct graph *g)
{
	unsigned int i = g->stack[g->depth - 1];
	long to[2];
	unsigned int count = edges_of(g, i, to);

	for (unsigned int e = 0; e < count; e++) {
		if (to[e] >= 0 && to[e] < g->c->code->insn_count)
			continue;
		finding_add(g->c, RULE_V2, i, EINVAL,
			    "jump out of range from insn %u to %ld", i, to[e]);
		return false;
	}
	mark_points(g, i, to);
	while (g->edges[i] < count) {
		long next = to[g->edges[i]++];

		if (g->seen[next] == SEEN && !may_lead_back(g, i)) {
			finding_add(g->c, RULE_V2, i, EINVAL,
				    "back-edge from insn %u to %ld", i, next);
			return false;
		}
		if (g->seen[next] != UNSEEN)
			continue;
		g->seen[next] = SEEN;
		g->stack[g->depth++] = next;
		return true;
	}
	g->seen[i] = DONE;
	g->depth--;
	return true;
}

static bool all_reachable(const struct graph *g)
{
	const struct code *code = g->c->code;

	for (unsigned int i = 0; i < code->insn_count; i++) {
		if (g->seen[i] != DONE) {
			finding_add(g->c, RULE_V2, i, EINVAL,
				    "unreachable insn %u", i);
			return false;
		}
		if (code->insns[i].code != (BPF_LD | BPF_IMM | BPF_DW))
			continue;
		if (g->seen[i + 1] != UNSEEN) {
			finding_add(g->c, RULE_V2, i, EINVAL,
				    "jump into the middle of ldimm64 insn %u",
				    i);
			return false;
		}
		i++;
	}
	return true;
}

bool flow_check_graph(struct checking *c, struct flow *flow)
{
	unsigned int count = c->code->insn_count;
	struct graph g = { .c = c, .flow = flow };
	bool good;

	g.seen = calloc(count, sizeof(*g.seen));
	g.edges = calloc(count, sizeof(*g.edges));
	g.stack = calloc(count, sizeof(*g.stack));
	good = g.seen && g.edges && g.stack;
	c->no_memory |= !good;
	if (good) {
		g.seen[0] = SEEN;
		g.depth = 1;
	}
	while (good && g.depth)
		good = follow_edges(&g);
	good = good && all_reachable(&g);
	free(g.seen);
	free(g.edges);
	free(g.stack);
	return good;
}
