/* SPDX-License-Identifier: GPL-2.0-only */
/* Writes to the stack (kernel/bpf/verifier.c check_stack_write_fixed_off(),
 * check_stack_write_var_off()).
 */
#include <errno.h>

#include "walk_stack.h"

static void spill(const struct walk *w, struct stack_word *word,
		  const struct reg *reg, int size)
{
	reg_copy(&word->reg, reg);
	if (size == 8)
		word->reg.live |= LIVE_WRITTEN;
	for (int i = 0; i < 8; i++) {
		unsigned char *type = &word->types[i];

		if (i >= 8 - size)
			*type = SLOT_SPILL;
		else if (!walk_is_new(w))
			stack_scrub(type);
		else if (*type != SLOT_ZERO && *type != SLOT_INVALID)
			*type = SLOT_MISC;
	}
}

static bool unbounded(const struct scalar *s)
{
	struct scalar any;

	scalar_unknown(&any);
	return tnum_in(s->bits, any.bits) && s->smin == any.smin &&
	       s->smax == any.smax && s->umin == any.umin &&
	       s->umax == any.umax && s->s32_min == any.s32_min &&
	       s->s32_max == any.s32_max && s->u32_min == any.u32_min &&
	       s->u32_max == any.u32_max;
}

/* Which numbers a kernel keeps when they are spilled. */
static bool keeps_number(const struct walk *w, const struct reg *reg)
{
	if (reg->type != REG_SCALAR)
		return false;
	return walk_is_new(w) || (!unbounded(&reg->var) && !reg_is_null(reg));
}

static void spill_number(struct walk *w, struct stack_word *word, int from,
			 struct reg *reg, int size)
{
	bool fits = reg_width(reg) <= 8u * size;

	if (!walk_is_new(w) && walk_insn(w)->dst_reg != BPF_REG_10)
		precise_now(w, from);
	if (walk_is_new(w) && fits) {
		if (reg->id & ID_PLUS) {
			reg->id = 0;
			reg->off = 0;
		}
		if (!reg->id && !tnum_is_const(reg->var.bits))
			reg->id = ++w->ids;
	}
	spill(w, word, reg, size);
	if (!fits)
		word->reg.id = 0;
}

static enum step_result spill_pointer(struct walk *w, struct frame *frame,
				      struct stack_word *word,
				      const struct reg *reg, int size)
{
	if (size != 8)
		return refuse(w, RULE_V4, EACCES,
			      "invalid size of register spill");
	if (frame != state_frame(&w->path->s) && reg->type == REG_STACK)
		return refuse(w, RULE_V4, EINVAL,
			      "cannot spill pointers to stack into stack frame "
			      "of the caller");
	spill(w, word, reg, size);
	return STEP_NEXT;
}

/* Bytes that no register is kept of. */
static void write_bytes(struct walk *w, struct stack_word *word, int off,
			int size, int from, bool zero)
{
	unsigned char type = SLOT_MISC;

	word->reg.type = REG_NOT_INIT;
	if (stack_is_spill(word))
		for (int i = 0; i < 8; i++)
			stack_scrub(&word->types[i]);
	if (size == 8)
		word->reg.live |= LIVE_WRITTEN;
	if (zero) {
		if (from >= 0)
			precise_now(w, from);
		type = SLOT_ZERO;
	}
	for (int i = 0; i < size; i++)
		word->types[(-off - 1 - i) % 8] = type;
}

static enum step_result write_fixed(struct walk *w, struct frame *frame,
				    int off, int size, int from)
{
	struct stack_word *word = &frame->stack[(-off - 1) / 8];
	struct reg *reg = from >= 0 ? walk_reg(w, from) : NULL;
	int imm = walk_insn(w)->imm;
	struct reg constant = { .map = -1 };
	bool zero = reg ? reg_is_null(reg) : !imm;
	bool spilled = true;

	if (reg && off % 8 == 0 && keeps_number(w, reg)) {
		spill_number(w, word, from, reg, size);
	} else if (!reg && off % 8 == 0 && (walk_is_new(w) || imm)) {
		reg_known(&constant, (uint64_t)(int64_t)imm);
		spill(w, word, &constant, size);
	} else if (reg && reg_is_pointer(reg)) {
		enum step_result result =
			spill_pointer(w, frame, word, reg, size);

		if (result != STEP_NEXT)
			return result;
	} else {
		write_bytes(w, word, off, size, from, zero);
		spilled = false;
	}
	if (spilled)
		stack_note_word(w, frame, (-off - 1) / 8);
	return STEP_NEXT;
}

static void write_variable(struct walk *w, struct frame *frame,
			   const struct span *span, int from)
{
	bool zero = from >= 0 ? reg_is_null(walk_reg(w, from))
			      : walk_is_new(w) && !walk_insn(w)->imm;
	bool used = false;

	for (int64_t i = span->min; i < span->max; i++) {
		struct stack_word *word = &frame->stack[(-i - 1) / 8];
		unsigned char *type = &word->types[(-i - 1) % 8];
		bool stays = zero && *type == SLOT_ZERO;

		if (walk_is_new(w) && zero && *type == SLOT_SPILL &&
		    stack_is_spilled_zero(word)) {
			used = true;
			continue;
		}
		if (walk_is_new(w)) {
			if (stack_is_spill(word))
				for (int j = 0; j < 8; j++)
					stack_scrub(&word->types[j]);
		}
		word->reg.type = REG_NOT_INIT;
		used |= stays;
		*type = stays ? SLOT_ZERO : SLOT_MISC;
	}
	if (used && from >= 0)
		precise_now(w, from);
}

enum step_result stack_write(struct walk *w, unsigned int ptr, int off,
			     int size, int from)
{
	struct frame *frame = stack_frame(w, walk_reg(w, ptr));
	enum step_result result;
	struct span span;

	result = stack_span(w, ptr, off, size, WRITE, &span);
	if (result != STEP_NEXT)
		return result;
	if (span.fixed)
		return write_fixed(w, frame, span.min, size, from);
	write_variable(w, frame, &span, from);
	return STEP_NEXT;
}
