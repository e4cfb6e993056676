/* SPDX-License-Identifier: GPL-2.0-only */
/* When is one state covered by another (kernel/bpf/verifier.c states_equal(),
 * regsafe(), stacksafe())?
 */
#include <string.h>

#include "walk_private.h"

/* Which ids of one state stand for which of the other. */
struct pairs {
	struct {
		uint32_t old, cur;
	} all[2 * FRAMES_MAX * (FRAME_REGS + STACK_WORDS)];
	unsigned int count;
	uint32_t made_up; /* ids for those that have none */
};

struct comparison {
	const struct walk *w;
	struct pairs pairs;
	enum equal_how how;
};

static bool ids_match(struct comparison *c, uint32_t old, uint32_t cur)
{
	struct pairs *p = &c->pairs;
	bool strict = c->w->kernel >= CHECK_KERNEL_6_12;

	if (strict && !old != !cur)
		return false;
	if (strict && !old)
		return true;
	for (unsigned int i = 0; i < p->count; i++) {
		if (p->all[i].old == old)
			return p->all[i].cur == cur;
		if (strict && p->all[i].cur == cur)
			return false;
	}
	p->all[p->count].old = old;
	p->all[p->count++].cur = cur;
	return true;
}

static bool scalar_ids_match(struct comparison *c, uint32_t old, uint32_t cur)
{
	if (!old)
		return true;
	cur = cur ? cur : --c->pairs.made_up;
	return ids_match(c, old, cur) &&
	       (!(old & ID_PLUS) ||
		ids_match(c, old & ~ID_PLUS, cur & ~ID_PLUS));
}

static bool same_scalar(const struct scalar *a, const struct scalar *b)
{
	return !memcmp(a, b, sizeof(*a));
}

/* All but ids and where it came from. */
static bool same_but_id(const struct reg *a, const struct reg *b)
{
	return a->type == b->type && a->off == b->off && a->range == b->range &&
	       a->map == b->map && a->mem_size == b->mem_size &&
	       same_scalar(&a->var, &b->var);
}

static bool same(const struct reg *a, const struct reg *b)
{
	return same_but_id(a, b) && a->id == b->id;
}

static bool exact(struct comparison *c, const struct reg *old,
		  const struct reg *cur)
{
	return same_but_id(old, cur) && ids_match(c, old->id, cur->id);
}

static bool within(const struct reg *old, const struct reg *cur)
{
	return scalar_within(&old->var, &cur->var);
}

static bool number_covers(struct comparison *c, const struct reg *old,
			  const struct reg *cur)
{
	if (!old->precise && !c->w->d->all_values)
		return true;
	if (c->w->kernel < CHECK_KERNEL_6_12)
		return within(old, cur);
	if (old->id & ID_PLUS && !(cur->id & ID_PLUS))
		return false;
	if (old->id && !(old->id & ID_PLUS) && cur->id & ID_PLUS)
		return false;
	if (old->id & ID_PLUS && old->off != cur->off)
		return false;
	return scalar_ids_match(c, old->id, cur->id) && within(old, cur);
}

/* What is known of a packet's length must be known still. */
static bool range_covers(int old, int cur)
{
	bool compared_only = old < 0 || cur < 0;

	return compared_only ? old == cur : old <= cur;
}

static bool packet_covers(struct comparison *c, const struct reg *old,
			  const struct reg *cur)
{
	bool asks_id = old->id || c->w->kernel >= CHECK_KERNEL_6_12;

	return range_covers(old->range, cur->range) && old->off == cur->off &&
	       (!asks_id || ids_match(c, old->id, cur->id)) && within(old, cur);
}

static bool memory_covers(struct comparison *c, const struct reg *old,
			  const struct reg *cur)
{
	bool new_kernel = c->w->kernel >= CHECK_KERNEL_6_12;

	if (old->off != cur->off || old->map != cur->map ||
	    old->mem_size != cur->mem_size)
		return false;
	if (!new_kernel && old->type & REG_OR_NULL)
		return same_scalar(&old->var, &cur->var) &&
		       ids_match(c, old->id, cur->id);
	if (!new_kernel && (old->type & ~REG_OR_NULL) == REG_MEM)
		return false;
	return within(old, cur) &&
	       (!new_kernel || ids_match(c, old->id, cur->id));
}

static bool reg_covers(struct comparison *c, const struct reg *old,
		       const struct reg *cur)
{
	if (c->how == EQUAL_EXACT && c->w->kernel >= CHECK_KERNEL_6_12)
		return exact(c, old, cur);
	if (!(old->live & LIVE_READ))
		return true;
	/* It may become what the program returns (J7). */
	if (c->w->d->all_values && old->result_of &&
	    old->result_of != cur->result_of)
		return false;
	if (c->w->kernel < CHECK_KERNEL_6_12) {
		if (old->type == REG_STACK)
			return same(old, cur) && old->frame == cur->frame;
		if (same(old, cur))
			return true;
	}
	if (old->type == REG_NOT_INIT)
		return true;
	if (old->type != cur->type)
		return false;
	switch ((int)(old->type & ~REG_OR_NULL)) {
	case REG_SCALAR:
		return number_covers(c, old, cur);
	case REG_MAP_VALUE:
	case REG_MEM:
		return memory_covers(c, old, cur);
	case REG_PACKET:
	case REG_PACKET_META:
		return packet_covers(c, old, cur);
	case REG_STACK:
		return exact(c, old, cur) && old->frame == cur->frame;
	}
	return c->w->kernel >= CHECK_KERNEL_6_12 && exact(c, old, cur);
}

/* 6.12: eight bytes of anything are a number of which nothing is known. */
static const struct reg *as_number(const struct comparison *c,
				   const struct stack_word *word,
				   struct reg *unknown)
{
	if (c->w->kernel < CHECK_KERNEL_6_12)
		return NULL;
	/* Every byte is spilled: types[0] is the last that a spill fills. */
	if (word->types[0] == SLOT_SPILL && word->reg.type == REG_SCALAR)
		return &word->reg;
	for (unsigned int i = 0; i < 8; i++)
		if (word->types[i] != SLOT_MISC &&
		    word->types[i] != SLOT_INVALID)
			return NULL;
	memset(unknown, 0, sizeof(*unknown));
	unknown->map = -1;
	reg_unknown(unknown);
	unknown->live = LIVE_READ;
	return unknown;
}

static bool types_cover(const struct stack_word *old,
			const struct stack_word *cur)
{
	for (unsigned int i = 0; i < 8; i++) {
		enum slot_type o = old->types[i], n = cur->types[i];

		if (o == SLOT_INVALID || o == SLOT_MISC)
			continue;
		if (o != n)
			return false;
	}
	return true;
}

static bool all_slots_free(const struct stack_word *word)
{
	for (unsigned int i = 0; i < 8; i++)
		if (word->types[i] != SLOT_INVALID &&
		    word->types[i] != SLOT_MISC)
			return false;
	return true;
}

static bool word_covers(struct comparison *c, const struct stack_word *old,
			const struct stack_word *cur)
{
	struct reg unknown_old, unknown_cur;
	const struct reg *old_number, *cur_number;
	bool is_exact =
		c->how == EQUAL_EXACT && c->w->kernel >= CHECK_KERNEL_6_12;

	if (is_exact && (!cur || memcmp(old->types, cur->types, 8)))
		return false;
	if (!is_exact && !(old->reg.live & LIVE_READ))
		return true;
	if (all_slots_free(old))
		return true;
	if (!cur)
		return false;
	old_number = as_number(c, old, &unknown_old);
	cur_number = as_number(c, cur, &unknown_cur);
	if (old_number && cur_number)
		return reg_covers(c, old_number, cur_number);
	if (!types_cover(old, cur))
		return false;
	return !stack_is_spill(old) || reg_covers(c, &old->reg, &cur->reg);
}

static bool frame_covers(struct comparison *c, const struct frame *old,
			 const struct frame *cur)
{
	for (unsigned int i = 0; i < FRAME_REGS; i++)
		if (!reg_covers(c, &old->regs[i], &cur->regs[i]))
			return false;
	for (unsigned int i = 0; i < old->words; i++)
		if (!word_covers(c, &old->stack[i],
				 i < cur->words ? &cur->stack[i] : NULL))
			return false;
	return true;
}

bool state_equal(const struct walk *w, const struct state *old,
		 const struct state *cur, enum equal_how how)
{
	struct comparison c;

	if (old->current != cur->current)
		return false;
	c.w = w;
	c.how = how;
	c.pairs.count = 0;
	c.pairs.made_up = 0;
	for (unsigned int i = 0; i <= old->current; i++) {
		if (old->frames[i]->call != cur->frames[i]->call)
			return false;
		/* 6.1 forgets between frames. */
		if (w->kernel < CHECK_KERNEL_6_12)
			c.pairs.count = 0;
		if (!frame_covers(&c, old->frames[i], cur->frames[i]))
			return false;
	}
	return true;
}

bool state_stands_still(const struct state *old, const struct state *cur)
{
	const struct reg *before = state_frame(old)->regs;
	const struct reg *now = state_frame(cur)->regs;
	bool still = old->current == cur->current;

	for (unsigned int i = 0; still && i < FRAME_REGS; i++)
		still = same(&before[i], &now[i]);
	return still;
}
