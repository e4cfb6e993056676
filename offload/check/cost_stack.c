/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The stack lies in local memory, 32 bits wide. A pointer to the frame's
 * lowest 64 bytes is always there; what is beyond them needs one of its own,
 * and three cycles until it can be used (bpf/jit.c mem_op_stack()).
 */
#include "cost_work.h"

#define ALWAYS_REACHED 64
#define WINDOW	       32 /* bytes that an index reaches from a pointer */
#define INDEX_MAX      7  /* of the words that a shift can address */

struct access {
	bool load;
	int32_t off; /* from where the pointer is */
	bool own_pointer;
	bool moves; /* the pointer, word by word */
};

/* One step: bytes of one word of memory and of one register. */
struct step {
	int32_t off;
	unsigned int size;
	bool first, last, new_register;
};

static int32_t align_down(int32_t value, int32_t to)
{
	return value & ~(to - 1);
}

/* Sets @a->off and how it is reached; returns what that costs. */
static int set_pointer(const struct cost_work *w, const struct cost_insn *i,
		       struct access *a)
{
	const struct reg *ptr = &i->fact->ptr;
	int32_t size = cost_bytes(&i->insn), base;

	a->off = (int32_t)(w->frame + i->insn.off + ptr->off +
			   (uint32_t)ptr->var.bits.value);
	if (i->fact->ptr_not_const || i->fact->caller_frame) {
		a->own_pointer = true;
		a->moves = true;
		return cost_operand(i->insn.off) + 1;
	}
	if ((uint32_t)(a->off + size) <= ALWAYS_REACHED)
		return 0;
	a->own_pointer = true;
	base = align_down(a->off, WINDOW);
	a->moves = base != align_down(a->off + size - 1, WINDOW);
	if (a->moves)
		base = align_down(a->off, 4);
	else
		a->off %= WINDOW;
	return cost_operand(base) + 1;
}

/* bpf/jit.c wrp_lmem_load() */
static int load_step(const struct step *s, bool move_on)
{
	int cost = 1 + (move_on ? 1 : 0);

	if (s->off / 4 > INDEX_MAX && (s->first || !s->new_register))
		cost++;
	return cost;
}

/* bpf/jit.c wrp_lmem_store() */
static int store_step(const struct step *s, bool move_on)
{
	bool ends = s->new_register || s->last;
	int cost = 1 + (ends && move_on ? 1 : 0);

	if (s->off / 4 > INDEX_MAX)
		cost += (s->first || s->last ? 1 : 0) + (ends ? 1 : 0);
	return cost;
}

static int one_step(const struct access *a, const struct step *s)
{
	bool move_on = a->moves && s->new_register && !s->last;

	/* A frame below the one that the pointer is of: the remainder of a
	 * negative number is negative, and the driver takes it for too big.
	 */
	if ((uint32_t)(s->off % 4) + s->size > 4)
		return -EOPNOTSUPP;
	if (s->size == 4)
		return 1;
	return a->load ? load_step(s, move_on) : store_step(s, move_on);
}

static unsigned int step_size(int32_t off, unsigned int left,
			      unsigned int register_byte)
{
	unsigned int in_word = align_down(off, 4) + 4 - off;
	unsigned int in_register = 4 - register_byte;
	unsigned int size = left < in_register ? left : in_register;

	return size < in_word ? size : in_word;
}

static int all_steps(struct access *a, unsigned int left)
{
	struct step s = { .first = true, .new_register = true };
	unsigned int byte = 0;
	int cost = 0, n;

	for (; left; left -= s.size) {
		s.size = step_size(a->off, left, byte);
		s.last = s.size == left;
		if (a->moves)
			a->off %= 4;
		s.off = a->off;
		n = one_step(a, &s);
		if (n < 0)
			return n;
		cost += n;
		s.first = false;
		byte += s.size;
		s.new_register = byte >= 4;
		byte %= 4;
		a->off += s.size;
	}
	return cost;
}

/* Waiting for the pointer, the upper half is zeroed, where it is. */
int cost_stack(struct cost_work *w, const struct cost_insn *i)
{
	unsigned int size = cost_bytes(&i->insn);
	struct access a = { .load = cost_is_load(i) };
	int cost = set_pointer(w, i, &a), zext, n;

	zext = a.load && size < 8 ? cost_zext(i) : 0;
	if (a.own_pointer)
		cost += 1 + 3 - zext;
	n = all_steps(&a, size);
	return n < 0 ? n : cost + zext + n;
}
