/* SPDX-License-Identifier: GPL-2.0-only */
/* Remembers states, and ends a path at a state that is covered by one whose
 * paths were all followed (kernel/bpf/verifier.c is_state_visited()). When to
 * remember is the kernel's own choice: it decides what the driver gets to see.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "walk_private.h"

/* More waiting branches than this are refused (BPF_COMPLEXITY_LIMIT_JMP_SEQ). */
#define WAITING_MAX 8192

void path_free(struct walk *w, struct path *path)
{
	if (!path)
		return;
	w->bytes -= path->bytes;
	state_free(&path->s);
	free(path->steps);
	free(path);
}

static size_t bytes_of(const struct path *path)
{
	size_t bytes = sizeof(*path) + path->step_count * sizeof(*path->steps);

	for (unsigned int f = 0; f <= path->s.current; f++)
		bytes += frame_bytes(path->s.frames[f]);
	return bytes;
}

static struct path *path_copy(struct walk *w, const struct path *from)
{
	struct path *to = malloc(sizeof(*to));

	if (!to)
		return NULL;
	*to = *from;
	to->bytes = bytes_of(from);
	w->bytes += to->bytes;
	to->next = NULL;
	to->step_room = from->step_count;
	to->steps = NULL;
	if (!state_copy(&to->s, &from->s))
		goto no_memory;
	if (!from->step_count)
		return to;
	to->steps = malloc(from->step_count * sizeof(*to->steps));
	if (!to->steps)
		goto no_memory;
	memcpy(to->steps, from->steps, from->step_count * sizeof(*to->steps));
	return to;
no_memory:
	path_free(w, to);
	return NULL;
}

bool path_step(struct path *path, unsigned int insn)
{
	if (path->step_count == path->step_room) {
		unsigned int room = path->step_room ? 2 * path->step_room : 32;
		struct step *steps =
			realloc(path->steps, room * sizeof(*steps));

		if (!steps)
			return false;
		path->steps = steps;
		path->step_room = room;
	}
	path->steps[path->step_count++] = (struct step){ insn, -1, 0 };
	return true;
}

struct path *path_push(struct walk *w, unsigned int insn)
{
	struct path *other = path_copy(w, w->path);

	if (!other) {
		w->c->no_memory = true;
		return NULL;
	}
	other->insn = insn;
	other->next = w->waiting;
	w->waiting = other;
	if (other->parent)
		other->parent->branches++;
	if (++w->waiting_count <= WAITING_MAX)
		return other;
	refuse(w, RULE_V8, w->kernel < CHECK_KERNEL_6_12 ? EFAULT : E2BIG,
	       "The sequence of %u jumps is too complex.", w->waiting_count);
	return NULL;
}

/* A path has ended: so have those before it that have no others. */
void path_done(struct walk *w, struct path *path)
{
	struct path *parent;

	for (path = path->parent; path && !--path->branches; path = parent) {
		parent = path->parent;
		if (path->evicted)
			path_free(w, path);
	}
}

static bool is_loop(struct walk *w, struct path *old)
{
	return state_stands_still(&old->s, &w->path->s) &&
	       state_equal(w, &old->s, &w->path->s, EQUAL_EXACT);
}

static void inherit_frame(struct walk *w, struct frame *old, struct frame *cur,
			  unsigned int from)
{
	for (unsigned int i = from; i < BPF_REG_10; i++) {
		struct reg *reg = &cur->regs[i];
		unsigned char read = old->regs[i].live & LIVE_READ;

		if (!read || reg->live & LIVE_READ64 ||
		    (reg->live & LIVE_READ) == read)
			continue;
		live_read(reg, reg->parent, read);
		if (read == LIVE_READ64 && reg->half) {
			w->facts->insns[reg->half_insn].zext = true;
			reg->half = false;
		}
	}
	for (unsigned int i = 0; i < old->words && i < cur->words; i++) {
		struct reg *reg = &cur->stack[i].reg;
		unsigned char read = old->stack[i].reg.live & LIVE_READ;

		if (read)
			live_read(reg, reg->parent, read);
	}
}

/* What is read from there on is read from here on, too. */
static void inherit_live(struct walk *w, struct state *old)
{
	struct state *cur = &w->path->s;

	for (unsigned int f = 0; f <= old->current; f++)
		inherit_frame(w, old->frames[f], cur->frames[f],
			      f < old->current ? BPF_REG_6 : 0);
}

static bool matters(const struct reg *reg)
{
	return reg->type == REG_SCALAR && reg->precise && reg->live & LIVE_READ;
}

static void inherit_precision(struct walk *w, const struct state *old)
{
	unsigned int steps = w->path->step_count;

	for (int f = old->current; f >= 0; f--) {
		const struct frame *frame = old->frames[f];

		for (unsigned int i = 0; i < BPF_REG_10; i++)
			if (matters(&frame->regs[i]))
				precise_reg(w, f, i, steps);
		for (unsigned int i = 0; i < frame->words; i++)
			if (stack_is_spill(&frame->stack[i]) &&
			    matters(&frame->stack[i].reg))
				precise_word(w, f, i, steps);
	}
}

static void link_frame(struct frame *cur, struct frame *parent,
		       unsigned int from)
{
	for (unsigned int i = 0; i < FRAME_REGS; i++) {
		cur->regs[i].live = 0;
		if (i >= from && i < BPF_REG_10)
			cur->regs[i].parent = &parent->regs[i];
	}
	for (unsigned int i = 0; i < cur->words; i++) {
		cur->stack[i].reg.live = 0;
		cur->stack[i].reg.parent = &parent->stack[i].reg;
	}
}

static enum step_result remember(struct walk *w)
{
	struct path *cur = w->path, *old;
	struct reg *reg;

	state_for_each_reg(&cur->s, reg) reg->precise = false;
	old = path_copy(w, cur);
	if (!old) {
		w->c->no_memory = true;
		return STEP_NO_MEMORY;
	}
	old->branches = 1;
	old->insn = w->insn;
	old->next = w->remembered[w->insn];
	w->remembered[w->insn] = old;
	w->explored_then = w->explored;
	w->jumps_then = w->jumps;
	cur->parent = old;
	cur->step_count = 0;
	for (unsigned int f = 0; f <= cur->s.current; f++)
		link_frame(cur->s.frames[f], old->s.frames[f],
			   f < cur->s.current ? BPF_REG_6 : 0);
	return STEP_NEXT;
}

/* Comparing with it again is not worth it. */
static bool evict(struct walk *w, struct path **at)
{
	struct path *old = *at;

	if (old->misses <= 3 * old->hits + 3)
		return false;
	*at = old->next;
	if (old->branches)
		old->evicted = true;
	else
		path_free(w, old);
	return true;
}

/* 6.12 does not let it grow: it has an entry for each jump, and for each
 * register that is spilled or filled.
 */
static bool history_is_long(const struct walk *w)
{
	const struct path *path = w->path;
	unsigned int entries = 0;

	if (w->kernel < CHECK_KERNEL_6_12)
		return false;
	for (unsigned int i = 0; i < path->step_count && entries <= 40; i++)
		entries += path->steps[i].word >= 0 ||
			   w->flow.points[path->steps[i].insn] & POINT_JUMP;
	return entries > 40;
}

enum step_result prune(struct walk *w)
{
	struct path **at = &w->remembered[w->insn], *old;
	unsigned long jumps = w->jumps - w->jumps_then;
	unsigned long explored = w->explored - w->explored_then;
	bool add = jumps >= 2 && explored >= 8, forced;

	if (!(w->flow.points[w->insn] & POINT_PRUNE))
		return STEP_NEXT;
	forced = history_is_long(w);
	add |= forced;
	while ((old = *at)) {
		/* A kernel keeps those of another call apart. */
		if (state_frame(&old->s)->call !=
		    state_frame(&w->path->s)->call) {
			at = &old->next;
			continue;
		}
		if (old->branches) {
			if (is_loop(w, old))
				return refuse(w, RULE_V2, EINVAL,
					      "infinite loop detected at insn "
					      "%u",
					      w->insn);
			if (!forced && jumps < 20 && explored < 100)
				add = false;
		} else if (state_equal(w, &old->s, &w->path->s, EQUAL_ENOUGH)) {
			old->hits++;
			w->facts->pruned = true;
			inherit_live(w, &old->s);
			inherit_precision(w, &old->s);
			return STEP_END;
		}
		old->misses += add;
		if (!evict(w, at))
			at = &old->next;
	}
	return add ? remember(w) : STEP_NEXT;
}

void prune_forget(struct walk *w)
{
	for (unsigned int i = 0; i < w->code->insn_count; i++) {
		while (w->remembered[i]) {
			struct path *old = w->remembered[i];

			w->remembered[i] = old->next;
			path_free(w, old);
		}
	}
}
