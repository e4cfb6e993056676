/* SPDX-License-Identifier: GPL-2.0-only */
/* Conditional jumps: which way, and what each way teaches (kernel/bpf/
 * verifier.c check_cond_jmp_op(), try_match_pkt_pointers()).
 */
#include <errno.h>
#include <string.h>

#include "walk_private.h"

struct comparison {
	unsigned int op;
	bool is32, by_reg;
	struct reg *dst, *src; /* src may be the constant below */
	struct reg constant;
};

static bool is_any_packet(const struct reg *reg)
{
	return reg_is_packet(reg) || reg->type == REG_PACKET_END;
}

static unsigned int mirrored(unsigned int op)
{
	static const struct {
		unsigned int op, other;
	} pairs[] = {
		{ BPF_JGT, BPF_JLT },	{ BPF_JGE, BPF_JLE },
		{ BPF_JLT, BPF_JGT },	{ BPF_JLE, BPF_JGE },
		{ BPF_JSGT, BPF_JSLT }, { BPF_JSGE, BPF_JSLE },
		{ BPF_JSLT, BPF_JSGT }, { BPF_JSLE, BPF_JSGE },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i].op == op)
			return pairs[i].other;
	return op;
}

/* A pointer that was compared with the packet's end before. */
static int decide_packet(const struct comparison *cmp)
{
	const struct reg *ptr = cmp->dst;
	unsigned int op = cmp->op;

	if (cmp->src->type != REG_PACKET_END) {
		if (cmp->dst->type != REG_PACKET_END)
			return -1;
		ptr = cmp->src;
		op = mirrored(op);
	}
	if (ptr->range >= 0)
		return -1;
	if ((op == BPF_JLE || op == BPF_JGT) && ptr->range == RANGE_BEYOND_END)
		return op == BPF_JGT;
	if (op == BPF_JLT || op == BPF_JGE)
		return op == BPF_JGE;
	return -1;
}

static bool not_null(const struct walk *w, const struct reg *reg)
{
	if (!walk_is_new(w))
		return reg->type == REG_MAP_VALUE;
	if (reg->var.smin <= -MAX_VAR_OFF || reg->var.smax >= MAX_VAR_OFF)
		return false;
	return reg->type == REG_MAP_VALUE || reg->type == REG_MEM ||
	       reg->type == REG_MAP;
}

static int decide_null(const struct walk *w, const struct comparison *cmp)
{
	const struct reg *ptr = cmp->dst, *number = cmp->src;

	if (walk_is_new(w) && cmp->is32)
		return -1;
	if (walk_is_new(w) && !reg_is_const(number)) {
		ptr = cmp->src;
		number = cmp->dst;
	}
	if (!reg_is_null(number) || !not_null(w, ptr))
		return -1;
	return cmp->op == BPF_JEQ ? 0 : cmp->op == BPF_JNE ? 1 : -1;
}

/* 1: always taken, 0: never, -1: open. */
static int decide(const struct walk *w, const struct comparison *cmp)
{
	if (is_any_packet(cmp->dst) && is_any_packet(cmp->src) && !cmp->is32)
		return decide_packet(cmp);
	if (walk_is_new(w) &&
	    (reg_is_pointer(cmp->dst) || reg_is_pointer(cmp->src)))
		return decide_null(w, cmp);
	if (cmp->src->type != REG_SCALAR)
		return -1;
	if (reg_is_pointer(cmp->dst))
		return decide_null(w, cmp);
	return scalar_decide(cmp->op, cmp->is32, &cmp->dst->var, &cmp->src->var,
			     w->kernel);
}

/* All packet pointers of one origin reach as far as this one was found to. */
static void found_range(struct state *s, const struct reg *ptr, bool open)
{
	int range = ptr->off + open;
	enum reg_type type = ptr->type;
	uint32_t id = ptr->id;
	struct reg *reg;

	if (ptr->off < 0 || (!ptr->off && open) ||
	    ptr->var.umax > MAX_PACKET_OFF ||
	    ptr->var.umax + ptr->off > MAX_PACKET_OFF)
		return;
	state_for_each_reg(s, reg) if (reg->type == type && reg->id == id &&
				       reg->range < range) reg->range = range;
}

static void found_end(struct state *s, unsigned int number, bool beyond)
{
	struct reg *reg = state_reg(s, number);

	if (reg->type == REG_PACKET)
		reg->range = beyond ? RANGE_BEYOND_END : RANGE_AT_END;
}

/* The start of the packet is the end of what lies before it. */
static bool is_start(const struct reg *reg)
{
	return reg->type == REG_PACKET && !reg->off && !reg->id &&
	       tnum_is_const(reg->var.bits) && !reg->var.bits.value;
}

static bool is_bounded_by(const struct reg *ptr, const struct reg *end)
{
	return (ptr->type == REG_PACKET && end->type == REG_PACKET_END) ||
	       (ptr->type == REG_PACKET_META && is_start(end));
}

static bool compare_packet(struct walk *w, const struct comparison *cmp,
			   struct state *taken)
{
	/* ptr OP end: is the pointer within where it is taken? and does it
	 * reach one byte further, as it is not equal to the end?
	 */
	static const struct {
		unsigned int op;
		bool within_if_taken, open;
	} known[] = {
		{ BPF_JGT, false, false },
		{ BPF_JLT, true, true },
		{ BPF_JGE, false, true },
		{ BPF_JLE, true, false },
	};
	const struct bpf_insn *insn = walk_insn(w);
	unsigned int op = cmp->op, number = insn->dst_reg;
	struct state *other = &w->path->s, *within, *outside;
	const struct reg *ptr = cmp->dst;

	if (!cmp->by_reg || cmp->is32)
		return false;
	if (!is_bounded_by(cmp->dst, cmp->src)) {
		if (!is_bounded_by(cmp->src, cmp->dst))
			return false;
		ptr = cmp->src;
		number = insn->src_reg;
		op = mirrored(op);
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (known[i].op != op)
			continue;
		within = known[i].within_if_taken ? taken : other;
		outside = known[i].within_if_taken ? other : taken;
		found_range(within, ptr, known[i].open);
		found_end(outside, number, !known[i].open);
		return true;
	}
	return false;
}

static void found_null(struct state *s, uint32_t id, bool null)
{
	struct reg *reg;

	state_for_each_reg(s, reg)
	{
		if (!(reg->type & REG_OR_NULL) || reg->id != id)
			continue;
		reg->id = 0;
		if (null)
			reg->type = REG_SCALAR;
		else
			reg->type &= ~REG_OR_NULL;
		if (null)
			reg->map = -1;
	}
}

/* Copies of a number learn what it has learnt. */
static void spread(struct walk *w, struct state *s, const struct reg *known)
{
	struct reg origin = *known;
	struct reg *reg;

	state_for_each_reg(s, reg)
	{
		struct reg before = *reg;

		if (reg == known || reg->type != REG_SCALAR ||
		    (reg->id & ~ID_PLUS) != (origin.id & ~ID_PLUS))
			continue;
		reg_copy(reg, &origin);
		reg->half = before.half;
		reg->half_insn = before.half_insn;
		reg->result_of = before.result_of;
		if (!((before.id | origin.id) & ID_PLUS) ||
		    (before.off == origin.off && walk_is_new(w)))
			continue;
		reg->off = before.off;
		reg->id = before.id;
		scalar_displace(&reg->var,
				(int32_t)before.off - (int32_t)origin.off);
	}
}

static void learn_numbers(struct walk *w, const struct comparison *cmp,
			  struct state *taken)
{
	const struct bpf_insn *insn = walk_insn(w);
	struct reg *taken_dst = state_reg(taken, insn->dst_reg);
	struct reg constant = cmp->constant;
	struct reg *taken_src =
		cmp->by_reg ? state_reg(taken, insn->src_reg) : &constant;

	if (cmp->dst->type != REG_SCALAR || cmp->src->type != REG_SCALAR)
		return;
	scalar_refine(cmp->op, cmp->is32, &taken_dst->var, &taken_src->var,
		      &cmp->dst->var, &cmp->src->var, w->kernel);
	if (cmp->by_reg && cmp->src->id) {
		spread(w, &w->path->s, cmp->src);
		spread(w, taken, taken_src);
	}
	if (cmp->dst->id) {
		spread(w, &w->path->s, cmp->dst);
		spread(w, taken, taken_dst);
	}
}

/* 6.12: equal to what cannot be NULL. */
static void learn_equal_pointers(struct walk *w, const struct comparison *cmp,
				 struct state *taken)
{
	const struct bpf_insn *insn = walk_insn(w);
	struct state *equal = cmp->op == BPF_JEQ ? taken : &w->path->s;
	bool dst_known = not_null(w, cmp->dst),
	     src_known = not_null(w, cmp->src);

	if (!walk_is_new(w) || cmp->is32 || !cmp->by_reg ||
	    (cmp->op != BPF_JEQ && cmp->op != BPF_JNE) ||
	    !reg_is_pointer(cmp->dst) || !reg_is_pointer(cmp->src))
		return;
	if (dst_known)
		state_reg(equal, insn->src_reg)->type &= ~REG_OR_NULL;
	if (src_known)
		state_reg(equal, insn->dst_reg)->type &= ~REG_OR_NULL;
}

static enum step_result branch(struct walk *w, struct comparison *cmp)
{
	const struct bpf_insn *insn = walk_insn(w);
	struct path *other = path_push(w, w->insn + 1 + insn->off);
	bool null_check = !cmp->is32 && !cmp->by_reg && !insn->imm &&
			  (cmp->op == BPF_JEQ || cmp->op == BPF_JNE) &&
			  cmp->dst->type & REG_OR_NULL;
	uint32_t id = cmp->dst->id;

	if (!other)
		return w->c->no_memory ? STEP_NO_MEMORY : STEP_REFUSED;
	learn_numbers(w, cmp, &other->s);
	learn_equal_pointers(w, cmp, &other->s);
	if (null_check) {
		found_null(&w->path->s, id, cmp->op == BPF_JNE);
		found_null(&other->s, id, cmp->op == BPF_JEQ);
	} else {
		compare_packet(w, cmp, &other->s);
	}
	w->insn++;
	return STEP_NEXT;
}

static enum step_result find_operands(struct walk *w, struct comparison *cmp)
{
	const struct bpf_insn *insn = walk_insn(w);
	enum step_result result = arg_read(w, insn->dst_reg);

	if (result != STEP_NEXT)
		return result;
	cmp->dst = walk_reg(w, insn->dst_reg);
	if (cmp->by_reg ? insn->imm != 0 : insn->src_reg != 0)
		return refuse(w, RULE_V7, EINVAL,
			      "BPF_JMP/JMP32 uses reserved fields");
	if (cmp->by_reg) {
		result = arg_read(w, insn->src_reg);
		if (result == STEP_NEXT)
			cmp->src = walk_reg(w, insn->src_reg);
		return result;
	}
	cmp->constant.map = -1;
	reg_known(&cmp->constant, (uint64_t)(int64_t)insn->imm);
	cmp->src = &cmp->constant;
	return STEP_NEXT;
}

static enum step_result conditional(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	struct comparison cmp = {
		.op = BPF_OP(insn->code),
		.is32 = BPF_CLASS(insn->code) == BPF_JMP32,
		.by_reg = BPF_SRC(insn->code) == BPF_X,
	};
	enum step_result result = find_operands(w, &cmp);
	int taken;

	if (result != STEP_NEXT)
		return result;
	taken = decide(w, &cmp);
	if (taken < 0)
		return branch(w, &cmp);
	if (cmp.dst->type == REG_SCALAR)
		precise_now(w, insn->dst_reg);
	if (cmp.by_reg && cmp.src->type == REG_SCALAR)
		precise_now(w, insn->src_reg);
	w->insn += 1 + (taken ? insn->off : 0);
	return STEP_NEXT;
}

static enum step_result always(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	bool is_long = BPF_CLASS(insn->code) == BPF_JMP32;

	if (BPF_SRC(insn->code) != BPF_K || insn->src_reg || insn->dst_reg ||
	    (is_long ? insn->off != 0 : insn->imm != 0))
		return refuse(w, RULE_V7, EINVAL,
			      "BPF_JA uses reserved fields");
	w->insn += 1 + (is_long ? insn->imm : insn->off);
	return STEP_NEXT;
}

/* The driver has refused it already; both ways are possible. */
static enum step_result may_goto(struct walk *w)
{
	if (!path_push(w, w->insn + 1 + walk_insn(w)->off))
		return w->c->no_memory ? STEP_NO_MEMORY : STEP_REFUSED;
	w->path->blurred = true;
	w->insn++;
	return STEP_NEXT;
}

enum step_result step_jump(struct walk *w)
{
	w->jumps++;
	switch (BPF_OP(walk_insn(w)->code)) {
	case BPF_CALL:
		return step_call(w);
	case BPF_EXIT:
		return step_exit(w);
	case BPF_JA:
		return always(w);
	case 0xe0:
		return may_goto(w);
	}
	return conditional(w);
}
