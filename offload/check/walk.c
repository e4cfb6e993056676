/* SPDX-License-Identifier: GPL-2.0-only */
/* Follows every path to its end, in the kernel's order: straight on first, and
 * then the branches that wait, the last one first (kernel/bpf/verifier.c
 * do_check(), do_check_common()).
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "walk_private.h"

enum step_result refuse(struct walk *w, enum rule_id rule, int err,
			const char *format, ...)
{
	char words[256];
	va_list args;

	if (w->path->blurred)
		return STEP_REFUSED;
	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	finding_add(w->c, rule, w->insn, w->argument_err ?: err, "%s", words);
	return STEP_REFUSED;
}

static enum step_result load_imm64(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	enum step_result result;
	struct reg *dst;

	if (insn->off)
		return refuse(w, RULE_V7, EINVAL,
			      "BPF_LD_IMM64 uses reserved fields");
	result = arg_write(w, insn->dst_reg);
	if (result != STEP_NEXT)
		return result;
	dst = walk_reg(w, insn->dst_reg);
	if (insn->src_reg == BPF_PSEUDO_MAP_FD) {
		reg_pointer(dst, REG_MAP);
		dst->map = insn->imm;
	} else if (insn->src_reg == BPF_PSEUDO_FUNC) {
		result = load_func(w);
	} else {
		reg_known(dst,
			  (uint64_t)insn[1].imm << 32 | (uint32_t)insn->imm);
	}
	w->facts->insns[w->insn + 1].reached = true;
	w->insn += 2;
	return result;
}

static enum step_result load_special(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);

	if (BPF_MODE(insn->code) == BPF_IMM)
		return load_imm64(w);
	return refuse(w, RULE_J6, EINVAL,
		      "BPF_LD_[ABS|IND] instructions not allowed for this "
		      "program type");
}

static enum step_result step(struct walk *w)
{
	switch (BPF_CLASS(walk_insn(w)->code)) {
	case BPF_ALU:
	case BPF_ALU64:
		return step_alu(w);
	case BPF_LDX:
		return step_load(w);
	case BPF_STX:
		if (BPF_MODE(walk_insn(w)->code) == BPF_ATOMIC)
			return step_atomic(w);
		return step_store(w);
	case BPF_ST:
		return step_store(w);
	case BPF_JMP:
	case BPF_JMP32:
		return step_jump(w);
	}
	return load_special(w);
}

/* Instructions that are explored, before it is given up. */
static unsigned long most_explored(const struct walk *w)
{
	if (w->c->explore && w->c->explore < WALK_MAX)
		return w->c->explore;
	return w->c->report->finding_count ? WALK_MAX_REFUSED : WALK_MAX;
}

/* Why the rest is not explored, unless something was refused already. */
static void give_up(struct walk *w)
{
	w->facts->complete = false;
	if (w->c->report->finding_count)
		return;
	if (w->bytes > WALK_BYTES_MAX)
		finding_undecided(w->c, RULE_V8, w->insn,
				  "on states of which %u MiB are not enough",
				  WALK_BYTES_MAX >> 20);
	else if (w->explored <= WALK_MAX)
		finding_undecided(w->c, RULE_V8, w->insn,
				  "on more than %lu instructions, which is as "
				  "far as it was looked",
				  w->explored - 1);
	else
		refuse(w, RULE_V8, E2BIG,
		       "BPF program is too large. Processed %lu insn",
		       w->explored);
}

static bool gives_up(struct walk *w)
{
	if (++w->explored <= most_explored(w) && w->bytes <= WALK_BYTES_MAX &&
	    w->c->report->finding_count < WALK_MAX_FINDINGS)
		return false;
	give_up(w);
	return true;
}

/* One instruction of the path: compare, ask the driver, explore. */
static enum step_result visit(struct walk *w)
{
	enum step_result result = prune(w);

	if (result != STEP_NEXT)
		return result;
	if (!path_step(w->path, w->insn)) {
		w->c->no_memory = true;
		return STEP_NO_MEMORY;
	}
	/* Where the driver refuses, there may be more that it would. */
	driver_check_insn(w->d, &w->path->s, w->insn);
	return step(w);
}

static bool next_path(struct walk *w)
{
	path_done(w, w->path);
	path_free(w, w->path);
	w->path = w->waiting;
	if (!w->path)
		return false;
	w->waiting = w->path->next;
	w->waiting_count--;
	w->path->next = NULL;
	w->insn = w->path->insn;
	return true;
}

static void drop_waiting(struct walk *w)
{
	while (w->path && next_path(w))
		;
}

static void follow(struct walk *w)
{
	do {
		enum step_result result = STEP_NEXT;

		while (result == STEP_NEXT && !gives_up(w))
			result = visit(w);
		if (result == STEP_NEXT || w->c->no_memory)
			break;
	} while (next_path(w));
	drop_waiting(w);
	prune_forget(w);
}

/* Explore the program, or one of its global functions. */
static void explore(struct walk *w, unsigned int subprog)
{
	const struct subprog *sub = &w->facts->subprogs[subprog];
	const struct code_func *func = code_func(w->code, sub->start);
	struct frame *frame = frame_start(w, subprog, -1, 0);

	w->path = calloc(1, sizeof(*w->path));
	if (!w->path || !frame) {
		w->c->no_memory = true;
		frame_free(frame);
		free(w->path);
		w->path = NULL;
		return;
	}
	w->path->s.frames[0] = frame;
	w->insn = sub->start;
	if (!subprog) {
		reg_pointer(walk_reg(w, BPF_REG_1), REG_CTX);
	} else if (global_start(w, func) != STEP_NEXT) {
		w->facts->complete = false;
		drop_waiting(w);
		return;
	}
	follow(w);
}

static bool is_global(const struct walk *w, unsigned int subprog)
{
	const struct code_func *func =
		code_func(w->code, w->facts->subprogs[subprog].start);

	return func && func->global;
}

/* 6.1 verifies every global function, before the program; 6.12 those that are
 * called, after it, and then those that they call.
 */
static void explore_all(struct walk *w)
{
	unsigned int count = w->facts->subprog_count;
	bool *done = calloc(count, sizeof(*done));
	bool old = w->kernel < CHECK_KERNEL_6_12, more = true;

	if (!done) {
		w->c->no_memory = true;
		return;
	}
	if (!old)
		explore(w, 0);
	while (more) {
		more = false;
		for (unsigned int i = 1; i < count; i++) {
			if (done[i] || !is_global(w, i) ||
			    (!old && !w->called[i]))
				continue;
			done[i] = true;
			more = !old;
			explore(w, i);
		}
	}
	if (old)
		explore(w, 0);
	free(done);
}

static bool walk_start(struct walk *w)
{
	unsigned int count = w->code->insn_count;

	w->remembered = calloc(count, sizeof(struct path *));
	w->ptr_types = calloc(count, sizeof(*w->ptr_types));
	w->called = calloc(w->facts->subprog_count, sizeof(*w->called));
	return w->remembered && w->ptr_types && w->called;
}

int walk_program(struct driver *d)
{
	struct walk w = {
		.d = d,
		.c = d->c,
		.code = d->c->code,
		.facts = d->facts,
		.kernel = d->c->kernel,
		/* Those of the first look are kept for the second. */
		.bytes = d->c->code->insn_count * sizeof(struct fact) *
			 (d->all_values ? 2 : 1),
	};

	d->facts->complete = true;
	if (!flow_check(w.c, w.facts, &w.flow)) {
		d->facts->complete = false;
	} else if (walk_start(&w)) {
		explore_all(&w);
	} else {
		w.c->no_memory = true;
	}
	d->facts->explored = w.explored;
	flow_free(&w.flow);
	free(w.remembered);
	free(w.ptr_types);
	free(w.called);
	return w.c->no_memory ? -ENOMEM : 0;
}
