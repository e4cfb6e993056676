/* SPDX-License-Identifier: GPL-2.0-only */
#include "chain.h"
#include "flow.h"

int chain_next(const struct code *code, const struct facts *facts,
	       enum chain_by by, unsigned int insn)
{
	const struct bpf_insn *at = &code->insns[insn];

	if (!insn_names_func(at) ||
	    (by == CHAIN_CALLS && insn_is_func_address(at)))
		return -1;
	return flow_subprog(facts, insn + 1 + at->imm);
}

struct search {
	const struct code *code;
	const struct facts *facts;
	enum chain_by by;
	struct chain *chains;
};

static unsigned int larger(unsigned int a, unsigned int b)
{
	return a > b ? a : b;
}

static void find(const struct search *s, unsigned int n)
{
	const struct subprog *sub = &s->facts->subprogs[n];
	struct chain *chain = &s->chains[n];
	unsigned int end = s->by == CHAIN_CALLS ? sub->told_end : sub->end;
	unsigned int bytes = 0, frames = 0;

	chain->state = CHAIN_ASKED;
	for (unsigned int i = sub->start; i < end; i++) {
		int to = chain_next(s->code, s->facts, s->by, i);

		if (to < 0)
			continue;
		if (s->chains[to].state == CHAIN_UNKNOWN)
			find(s, to);
		if (s->chains[to].state == CHAIN_ASKED)
			frames = CHAIN_ENDLESS;
		bytes = larger(bytes, s->chains[to].bytes);
		frames = larger(frames, s->chains[to].frames);
	}
	chain->bytes = chain->own + bytes;
	chain->frames = 1 + frames;
	chain->state = CHAIN_KNOWN;
}

void chains_find(const struct code *code, const struct facts *facts,
		 enum chain_by by, struct chain chains[SUBPROGS_MAX])
{
	struct search s = { code, facts, by, chains };

	if (facts->subprog_count)
		find(&s, 0);
}
