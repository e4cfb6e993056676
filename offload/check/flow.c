/* SPDX-License-Identifier: GPL-2.0-only */
/* Follows the order of bpf_check() (kernel/bpf/verifier.c). */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "flow.h"

/* Maps that one program may use (MAX_USED_MAPS), and its functions
 * (BPF_MAX_SUBPROGS).
 */
#define MAX_USED_MAPS 64
#define MAX_SUBPROGS  256

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

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

	for (size_t i = 0; i < COUNT(movers); i++)
		if (movers[i] == helper)
			return true;
	return false;
}

int flow_subprog(const struct facts *facts, unsigned int insn)
{
	unsigned int low = 0, high = facts->subprog_count;

	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (facts->subprogs[middle].start == insn)
			return middle;
		if (facts->subprogs[middle].start < insn)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

static bool add_subprog(struct checking *c, struct facts *facts, int insn,
			long at)
{
	struct subprog *all = facts->subprogs;
	unsigned int i = facts->subprog_count;

	if (at < 0 || at >= c->code->insn_count) {
		finding_add(c, RULE_V2, insn, EINVAL,
			    "call to invalid destination");
		return false;
	}
	if (flow_subprog(facts, at) >= 0)
		return true;
	if (i >= MAX_SUBPROGS) {
		finding_add(c, RULE_V2, insn, E2BIG, "too many subprograms");
		return false;
	}
	for (; i > 0 && all[i - 1].start > at; i--)
		all[i] = all[i - 1];
	memset(&all[i], 0, sizeof(all[i]));
	all[i].start = at;
	facts->subprog_count++;
	return true;
}

static bool calls_function(const struct bpf_insn *insn)
{
	return insn_is_call_of(insn, BPF_PSEUDO_CALL) ||
	       (insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
		insn->src_reg == BPF_PSEUDO_FUNC);
}

/* What number a kernel's function has is known to that kernel alone: libbpf
 * fills it in, so one that is there already is no function (add_kfunc_call()).
 */
static bool add_kfunc(struct checking *c, unsigned int i)
{
	const struct bpf_insn *insn = &c->code->insns[i];

	if (!insn->imm && !insn->off)
		return true;
	if (insn->off)
		finding_add(c, RULE_J5, i, EPROTO,
			    "failed to find BTF for kernel function");
	else
		finding_add(c, RULE_J5, i, EINVAL,
			    "kernel btf_id %d is not a function", insn->imm);
	return false;
}

static bool find_subprogs(struct checking *c, struct facts *facts)
{
	const struct code *code = c->code;

	facts->subprogs = calloc(MAX_SUBPROGS + 1, sizeof(*facts->subprogs));
	if (!facts->subprogs) {
		c->no_memory = true;
		return false;
	}
	if (!add_subprog(c, facts, 0, 0))
		return false;
	for (unsigned int i = 0; i < code->insn_count; i++) {
		if (calls_function(&code->insns[i]) &&
		    !add_subprog(c, facts, i, (long)i + code->insns[i].imm + 1))
			return false;
		if (insn_is_call_of(&code->insns[i], BPF_PSEUDO_KFUNC_CALL) &&
		    !add_kfunc(c, i))
			return false;
	}
	for (unsigned int i = 0; i < facts->subprog_count; i++)
		facts->subprogs[i].end = i + 1 < facts->subprog_count
						 ? facts->subprogs[i + 1].start
						 : code->insn_count;
	return true;
}

static bool is_jump(const struct bpf_insn *insn)
{
	int class = BPF_CLASS(insn->code);

	return (class == BPF_JMP || class == BPF_JMP32) &&
	       BPF_OP(insn->code) != BPF_EXIT && BPF_OP(insn->code) != BPF_CALL;
}

/* gotol has its offset elsewhere. */
static long jump_target(const struct bpf_insn *insn, unsigned int at)
{
	return (long)at + 1 +
	       (insn->code == (BPF_JMP32 | BPF_JA) ? insn->imm : insn->off);
}

static bool ends_function(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_EXIT) ||
	       insn->code == (BPF_JMP | BPF_JA) ||
	       insn->code == (BPF_JMP32 | BPF_JA);
}

static bool check_subprog(struct checking *c, const struct subprog *sub)
{
	for (unsigned int i = sub->start; i < sub->end; i++) {
		const struct bpf_insn *insn = &c->code->insns[i];
		long target = jump_target(insn, i);

		if (!is_jump(insn))
			continue;
		if (target < sub->start || target >= sub->end) {
			finding_add(c, RULE_V2, i, EINVAL,
				    "jump out of range from insn %u to %ld", i,
				    target);
			return false;
		}
	}
	if (ends_function(&c->code->insns[sub->end - 1]))
		return true;
	finding_add(c, RULE_V2, sub->end - 1, EINVAL,
		    "last insn is not an exit or jmp");
	return false;
}

/* What functions may not do as long as nothing is known of what they return
 * (check_abnormal_return()).
 */
static bool check_abnormal(struct checking *c, const struct facts *facts)
{
	unsigned int first = facts->subprog_count > 1 ? facts->subprogs[1].start
						      : c->code->insn_count;

	if (c->code->func_count)
		return true;
	for (unsigned int i = first; i < c->code->insn_count; i++) {
		const struct bpf_insn *insn = &c->code->insns[i];
		bool tail = insn_is_call_of(insn, 0) &&
			    insn->imm == BPF_FUNC_tail_call;

		if (BPF_CLASS(insn->code) == BPF_LD &&
		    (BPF_MODE(insn->code) == BPF_ABS ||
		     BPF_MODE(insn->code) == BPF_IND)) {
			finding_add(c, RULE_J6, i, EINVAL,
				    "LD_ABS is not allowed in subprogs without "
				    "BTF");
			return false;
		}
		if (!tail)
			continue;
		finding_add(c, RULE_J4, i, EINVAL,
			    "tail_call is not allowed in subprogs without BTF");
		return false;
	}
	return true;
}

/* Which opcodes a kernel knows at all (kernel/bpf/core.c
 * bpf_opcode_in_insntable()).
 */
static bool alu_known(int code, enum check_kernel kernel)
{
	bool is64 = BPF_CLASS(code) == BPF_ALU64;

	switch (BPF_OP(code)) {
	case BPF_NEG:
		return BPF_SRC(code) == BPF_K;
	case BPF_END:
		return !is64 ||
		       (kernel >= CHECK_KERNEL_6_12 && BPF_SRC(code) == BPF_K);
	}
	return BPF_OP(code) < BPF_END;
}

static bool jump_known(int code, enum check_kernel kernel)
{
	bool is32 = BPF_CLASS(code) == BPF_JMP32;

	switch (BPF_OP(code)) {
	case BPF_CALL:
	case BPF_EXIT:
		return !is32 && BPF_SRC(code) == BPF_K;
	case BPF_JA:
		return BPF_SRC(code) == BPF_K;
	case 0xe0: /* may_goto */
		return code == 0xe5 && kernel >= CHECK_KERNEL_6_12;
	}
	return BPF_OP(code) <= BPF_JSLE;
}

static bool memory_known(int code, enum check_kernel kernel)
{
	bool wide = BPF_SIZE(code) == BPF_DW;
	bool narrow = BPF_SIZE(code) == BPF_B || BPF_SIZE(code) == BPF_H;

	switch (BPF_CLASS(code)) {
	case BPF_LDX:
		return BPF_MODE(code) == BPF_MEM ||
		       (BPF_MODE(code) == 0x80 && !wide &&
			kernel >= CHECK_KERNEL_6_12);
	case BPF_STX:
		return BPF_MODE(code) == BPF_MEM ||
		       (BPF_MODE(code) == BPF_ATOMIC && !narrow);
	case BPF_ST:
		return BPF_MODE(code) == BPF_MEM;
	}
	return (BPF_MODE(code) == BPF_ABS || BPF_MODE(code) == BPF_IND) &&
	       !wide;
}

static bool opcode_known(int code, enum check_kernel kernel)
{
	switch (BPF_CLASS(code)) {
	case BPF_ALU:
	case BPF_ALU64:
		return alu_known(code, kernel);
	case BPF_JMP:
	case BPF_JMP32:
		return jump_known(code, kernel);
	}
	return memory_known(code, kernel);
}

static bool malformed(struct checking *c, unsigned int i, const char *words)
{
	finding_add(c, RULE_V7, i, EINVAL, "%s", words);
	return false;
}

/* Modes of loads that the kernel lets pass here: sign-extending since 6.6. */
static bool load_mode_known(const struct bpf_insn *insn,
			    enum check_kernel kernel)
{
	return !insn->imm &&
	       (BPF_MODE(insn->code) == BPF_MEM ||
		(BPF_MODE(insn->code) == 0x80 && kernel >= CHECK_KERNEL_6_12));
}

static bool resolve_imm64(struct checking *c, unsigned int i,
			  unsigned int *maps, bool *used)
{
	const struct bpf_insn *insn = &c->code->insns[i];

	if (i + 1 >= c->code->insn_count || insn[1].code || insn[1].dst_reg ||
	    insn[1].src_reg || insn[1].off)
		return malformed(c, i, "invalid bpf_ld_imm64 insn");
	if (!insn->src_reg || insn->src_reg == BPF_PSEUDO_FUNC)
		return true;
	if (insn->src_reg == BPF_PSEUDO_BTF_ID) {
		finding_add(c, RULE_F0, i, EINVAL, NULL);
		return false;
	}
	if (!insn_is_map(insn) ||
	    (insn->src_reg == BPF_PSEUDO_MAP_FD && insn[1].imm))
		return malformed(c, i, "unrecognized bpf_ld_imm64 insn");
	if (insn->imm < 0 || (unsigned int)insn->imm >= c->code->map_count) {
		finding_add(c, RULE_V7, i, EINVAL,
			    "fd %d is not pointing to valid bpf_map",
			    insn->imm);
		return false;
	}
	if (insn->src_reg == BPF_PSEUDO_MAP_VALUE) {
		finding_add(c, RULE_P10, i, EINVAL,
			    "no direct value access support for this map type");
		return false;
	}
	if (used[insn->imm])
		return true;
	used[insn->imm] = true;
	if (++*maps <= MAX_USED_MAPS)
		return true;
	finding_add(c, RULE_P12, i, E2BIG,
		    c->kernel < CHECK_KERNEL_6_12
			    ? NULL
			    : "The total number of maps per program has "
			      "reached the limit of %u",
		    MAX_USED_MAPS);
	return false;
}

static bool resolve_one(struct checking *c, unsigned int i, unsigned int *maps,
			bool *used)
{
	const struct bpf_insn *insn = &c->code->insns[i];
	/* The kernel's own words come before the card's driver can say a thing,
	 * and name the rule that the driver has, too.
	 */
	static const struct {
		int code;
		enum rule_id rule;
	} known_as[] = {
		{ 0xd7, RULE_O3 }, { 0x81, RULE_O4 }, { 0x89, RULE_O4 },
		{ 0x91, RULE_O4 }, { 0x06, RULE_O5 }, { 0xe5, RULE_O6 },
	};
	enum rule_id rule = RULE_V7;

	for (size_t k = 0; k < COUNT(known_as); k++)
		if (known_as[k].code == insn->code)
			rule = known_as[k].rule;
	if (BPF_CLASS(insn->code) == BPF_LDX &&
	    !load_mode_known(insn, c->kernel)) {
		finding_add(c, rule, i, EINVAL, "BPF_LDX uses reserved fields");
		return false;
	}
	if (insn->code == (BPF_LD | BPF_IMM | BPF_DW))
		return resolve_imm64(c, i, maps, used);
	if (opcode_known(insn->code, c->kernel))
		return true;
	finding_add(c, rule, i, EINVAL, "unknown opcode %02x", insn->code);
	return false;
}

/* Instructions that no path leads to are asked, too. */
static bool resolve(struct checking *c)
{
	unsigned int maps = 0;
	bool *used = calloc(c->code->map_count + 1, sizeof(*used));
	bool good = used;

	if (!used)
		c->no_memory = true;
	for (unsigned int i = 0; good && i < c->code->insn_count; i++) {
		good = resolve_one(c, i, &maps, used);
		i += c->code->insns[i].code == (BPF_LD | BPF_IMM | BPF_DW);
	}
	free(used);
	return good;
}

/* How far check_cfg() has come with an instruction. */
enum {
	UNSEEN,
	SEEN,
	DONE
};

struct graph {
	struct checking *c;
	const struct facts *facts;
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
	if (calls_function(insn)) {
		to[1] = (long)i + 1 + insn->imm;
		return 2;
	}
	if (insn->code == (BPF_JMP | BPF_EXIT))
		return 0;
	if (!is_jump(insn))
		return 1;
	to[1] = jump_target(insn, i);
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

	if (calls_function(insn)) {
		points[i] |= POINT_PRUNE;
		points[to[0]] |= POINT_PRUNE | POINT_JUMP;
		points[to[1]] |= POINT_PRUNE | POINT_JUMP;
	} else if (insn->code == (BPF_JMP | BPF_CALL)) {
		points[to[0]] |= POINT_PRUNE | POINT_JUMP;
	} else if (is_jump(insn)) {
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

	return g->c->kernel >= CHECK_KERNEL_6_12 || is_jump(insn) ||
	       (calls_function(insn) && BPF_CLASS(insn->code) == BPF_LD);
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

static bool check_graph(struct checking *c, const struct facts *facts,
			struct flow *flow)
{
	unsigned int count = c->code->insn_count;
	struct graph g = { .c = c, .facts = facts, .flow = flow };
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

bool flow_check(struct checking *c, struct facts *facts, struct flow *out)
{
	memset(out, 0, sizeof(*out));
	if (!c->code->insn_count) {
		finding_add(c, RULE_L4, -1, E2BIG, NULL);
		return false;
	}
	out->points = calloc(c->code->insn_count + 1, sizeof(*out->points));
	out->moves_packet = calloc(MAX_SUBPROGS + 1, sizeof(bool));
	if (!out->points || !out->moves_packet) {
		c->no_memory = true;
		return false;
	}
	if (!find_subprogs(c, facts))
		return false;
	for (unsigned int i = 0; i < facts->subprog_count; i++)
		if (!check_subprog(c, &facts->subprogs[i]))
			return false;
	if (!check_abnormal(c, facts) || !resolve(c) ||
	    !check_graph(c, facts, out))
		return false;
	find_packet_movers(c->code, facts, out);
	return true;
}

void flow_free(struct flow *flow)
{
	free(flow->points);
	free(flow->moves_packet);
}
