/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The driver's compiler from outside: prepare, optimise, translate
 * (bpf/jit.c nfp_bpf_jit_prepare(), nfp_bpf_jit(), nfp_translate()).
 *
 * What a function begins and ends with counts as part of its first
 * instruction, reached or not, and of its exits.
 */
#include <stdlib.h>

#include "cost_work.h"
#include "profile.h"

/* bpf/jit.c nfp_intro(), nfp_outro_xdp(), nfp_push_callee_registers(),
 * nfp_pop_callee_registers(), and what the card reads ahead.
 */
#define INTRO	 2
#define OUTRO	 13
#define PUSH_POP 18
#define PREFETCH 8

/* How far the compiler is. */
struct run {
	struct cost_work *w;
	struct cost *out;
	unsigned int done;  /* BPF instructions */
	unsigned int words; /* NFP instructions */
	bool too_long;	    /* the driver ends where that is found */
	unsigned int too_long_at;
};

static int jump_target(const struct cost_work *w, const struct cost_insn *i)
{
	unsigned int op = BPF_OP(i->insn.code);
	int64_t to = (int64_t)i->index + 1;

	if (!cost_is_jump_class(i) || op == BPF_EXIT ||
	    (cost_is_call(i) && !cost_is_subprog_call(i)))
		return -1;
	to += op == BPF_CALL ? i->insn.imm : i->insn.off;
	return to >= 0 && to < w->count ? (int)to : -1;
}

/* Jumps count where no path leads as well: this is before the verifier
 * (bpf/jit.c nfp_bpf_jit_prepare()).
 */
static void prepare_jumps(struct cost_work *w)
{
	for (unsigned int n = 0; n < w->count; n++) {
		struct cost_insn *i = &w->insns[n];

		i->target = jump_target(w, i);
		if (i->target < 0)
			continue;
		w->insns[i->target].jump_target = true;
		if (BPF_OP(i->insn.code) == BPF_CALL)
			w->insns[i->target].subprog_head = true;
	}
}

/* bpf/verifier.c nfp_assign_subprog_idx_and_regs() */
static void prepare_subprogs(struct cost_work *w)
{
	unsigned int subprog = 0;

	for (unsigned int n = 0; n < w->count; n++) {
		if (w->insns[n].subprog_head &&
		    subprog + 1 < w->d->facts->subprog_count)
			subprog++;
		w->insns[n].subprog = subprog;
	}
}

static int work_start(struct cost_work *w, const struct driver *d)
{
	const struct code *code = d->c->code;

	w->d = d;
	w->count = code->insn_count;
	w->insns = calloc(w->count + 1, sizeof(*w->insns));
	if (!w->insns)
		return -ENOMEM;
	for (unsigned int n = 0; n < w->count; n++) {
		w->insns[n].insn = code->insns[n];
		w->insns[n].fact = &d->facts->insns[n];
		w->insns[n].index = n;
	}
	prepare_jumps(w);
	prepare_subprogs(w);
	return 0;
}

/* bpf/jit.c imm_ld8(), imm_ld8_part2(): the number is loaded at the second
 * half. A map's is the number that the card gave it, which is small.
 */
static int wide_load(const struct cost_insn *i)
{
	const struct bpf_insn *low = &i[-1].insn;

	if (low->src_reg == BPF_PSEUDO_MAP_FD)
		return 2;
	return cost_immed(low->imm) +
	       (i->insn.imm == low->imm ? 1 : cost_immed(i->insn.imm));
}

static int one_insn(struct cost_work *w, const struct cost_insn *i)
{
	const uint8_t wide = BPF_LD | BPF_IMM | BPF_DW;

	if (i->index && i[-1].insn.code == wide)
		return wide_load(i);
	switch (BPF_CLASS(i->insn.code)) {
	case BPF_ALU:
	case BPF_ALU64:
		return cost_alu(w, i);
	case BPF_JMP:
	case BPF_JMP32:
		return cost_jump(w, i);
	case BPF_LDX:
		return cost_load(w, i);
	case BPF_ST:
		return cost_store(w, i);
	case BPF_STX:
		return BPF_MODE(i->insn.code) == BPF_ATOMIC ? cost_atomic(i)
							    : cost_store(w, i);
	}
	return i->insn.code == wide ? 0 : -ENOENT;
}

/* bpf/jit.c nfp_prog_push(). What is too long is counted to its end, as its
 * author wants to know by how much.
 */
static int emit(struct run *r, unsigned int *to, int words)
{
	if (words < 0)
		return words;
	*to += words;
	r->words += words;
	if (r->too_long || r->words <= r->w->d->c->profile->max_insns)
		return 0;
	r->too_long = true;
	r->too_long_at = r->done;
	return 0;
}

/* bpf/jit.c nfp_start_subprog() */
static int emit_prologue(struct run *r, const struct cost_insn *i)
{
	if (!i->subprog_head)
		return 0;
	r->w->frame = cost_frame(r->w->d->facts, i->subprog);
	return emit(r, &r->out->words[i->index], 1);
}

static bool needs_push(const struct facts *facts)
{
	for (unsigned int n = 1; n < facts->subprog_count; n++)
		if (facts->subprogs[n].pushes)
			return true;
	return false;
}

/* bpf/jit.c nfp_translate() */
static int translate(struct run *r)
{
	struct cost_work *w = r->w;
	int err;

	w->frame = cost_frame(w->d->facts, 0);
	err = emit(r, &r->out->fixed, INTRO);
	for (; !err && r->done < w->count; r->done++) {
		const struct cost_insn *i = &w->insns[r->done];

		err = emit_prologue(r, i);
		if (!err && !cost_skipped(i))
			err = emit(r, &r->out->words[r->done], one_insn(w, i));
		if (err)
			return err;
	}
	if (err)
		return err;
	return emit(r, &r->out->fixed,
		    OUTRO + PREFETCH +
			    (needs_push(w->d->facts) ? PUSH_POP : 0));
}

/* A jump to what the compiler folded into an instruction before it
 * (bpf/jit.c nfp_fixup_branches()).
 */
static const struct cost_insn *lost_jump(const struct cost_work *w)
{
	for (unsigned int n = 0; n < w->count; n++) {
		const struct cost_insn *i = &w->insns[n];

		if (!cost_skipped(i) && i->target >= 0 &&
		    w->insns[i->target].folded)
			return i;
	}
	return NULL;
}

static enum rule_id rule_of(const struct cost_insn *i, int err)
{
	unsigned int class = BPF_CLASS(i->insn.code);

	if (err == -EOPNOTSUPP && class == BPF_ST)
		return RULE_T1;
	if (err == -EOPNOTSUPP && i->fact->ptr.type == REG_CTX)
		return class == BPF_LDX ? RULE_C1 : RULE_T2;
	return RULE_T6;
}

#define DMESG "NFP net bpf: "

/* The driver crashes, and the kernel with it. */
static bool refuse_crash(struct run *r, const struct cost_insn *i, int err)
{
	struct checking *c = r->w->d->c;

	if (err == -EDOM)
		finding_add(c, RULE_U4, i->index, 0, "divide error");
	else if (i->copy && !i->copy_store)
		finding_add(c, RULE_U6, i->index, 0,
			    "BUG: kernel NULL pointer dereference");
	else
		return false;
	return true;
}

/* The first of the driver's words, which says what it is; after it comes
 * `Translation failed with error` in any case.
 */
static void refuse(struct run *r, int err)
{
	const struct cost_work *w = r->w;
	const struct cost_insn *i = &w->insns[r->done];
	struct checking *c = w->d->c;

	if (!refuse_crash(r, i, err))
		finding_add(c, rule_of(i, err), r->done, EINVAL,
			    DMESG "Translation failed with error %d "
				  "(translated: %u)",
			    err, r->done);
}

static void refuse_length(struct run *r)
{
	struct checking *c = r->w->d->c;
	int insn = r->too_long_at < r->w->count ? (int)r->too_long_at : -1;

	finding_add(c, RULE_T3, insn, EINVAL,
		    DMESG "instruction limit reached (%u NFP instructions)",
		    c->profile->max_insns);
}

static void refuse_jump(struct run *r, const struct cost_insn *lost)
{
	finding_add(r->w->d->c, RULE_T5, lost->index, EINVAL,
		    DMESG "Branch landing on removed instruction!!");
}

/* What is wrong behind the limit is never come to. */
static void compile(struct run *r)
{
	struct cost_work *w = r->w;
	const struct cost_insn *lost;
	int err;

	cost_remove_dead(w);
	cost_peephole(w);
	cost_find_copies(w);
	cost_packet_cache(w);
	err = translate(r);
	lost = err || r->too_long ? NULL : lost_jump(w);
	if (r->too_long)
		refuse_length(r);
	else if (err)
		refuse(r, err);
	else if (lost)
		refuse_jump(r, lost);
	if (!err && !lost)
		r->out->total = r->words;
}

int cost_estimate(const struct driver *d, struct cost *out)
{
	struct cost_work w = { 0 };
	struct run r = { .w = &w, .out = out };
	int err = work_start(&w, d);

	*out = (struct cost){ 0 };
	if (err)
		return err;
	out->words = calloc(w.count + 1, sizeof(*out->words));
	if (out->words)
		compile(&r);
	free(w.insns);
	return out->words ? 0 : -ENOMEM;
}

void cost_free(struct cost *cost)
{
	free(cost->words);
	*cost = (struct cost){ 0 };
}
