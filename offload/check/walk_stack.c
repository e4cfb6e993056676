/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads of the stack, and what helpers do to it (kernel/bpf/verifier.c
 * check_stack_access_within_bounds(), check_stack_read_fixed_off() and its like
 * for variable offsets).
 */
#include <errno.h>

#include "walk_stack.h"

struct frame *stack_frame(const struct walk *w, const struct reg *ptr)
{
	return w->path->s.frames[ptr->frame];
}

static const char *how(enum access access)
{
	static const char *const words[] = {
		[READ] = " read from",
		[WRITE] = " write to",
		[HELPER] = " indirect access to",
	};

	return words[access];
}

static enum step_result outside(struct walk *w, unsigned int number, int off,
				int size, enum access access, int err)
{
	const struct reg *ptr = walk_reg(w, number);
	char bits[64];

	if (tnum_is_const(ptr->var.bits))
		return refuse(w, RULE_V4, err,
			      "invalid%s stack R%u off=%d size=%d", how(access),
			      number, off, size);
	bits_text(ptr->var.bits, w->kernel, bits, sizeof(bits));
	if (walk_is_new(w))
		return refuse(w, RULE_V4, err,
			      "invalid variable-offset%s stack R%u var_off=%s "
			      "off=%d size=%d",
			      how(access), number, bits, off, size);
	return refuse(w, RULE_V4, err,
		      "invalid variable-offset%s stack R%u var_off=%s size=%d",
		      how(access), number, bits, size);
}

enum step_result stack_span(struct walk *w, unsigned int number, int off,
			    int size, enum access access, struct span *out)
{
	const struct reg *ptr = walk_reg(w, number);
	struct frame *frame = stack_frame(w, ptr);
	struct subprog *sub = walk_subprog(w, frame);

	out->fixed = tnum_is_const(ptr->var.bits);
	if (out->fixed) {
		out->min = (int64_t)ptr->var.bits.value + off;
		out->max = out->min + size;
	} else {
		if (ptr->var.smax >= MAX_VAR_OFF ||
		    ptr->var.smin <= -MAX_VAR_OFF)
			return refuse(w, RULE_V4, EACCES,
				      "invalid unbounded variable-offset%s "
				      "stack R%u",
				      how(access), number);
		out->min = ptr->var.smin + off;
		out->max = ptr->var.smax + off + size;
	}
	if (out->min < -STACK_BYTES || out->min > -1)
		return outside(w, number, off, size, access, EACCES);
	if (out->max > 0)
		return outside(w, number, off, size, access, EINVAL);
	if (!stack_grow(frame, -out->min)) {
		w->c->no_memory = true;
		return STEP_NO_MEMORY;
	}
	if (sub->stack < frame->words * 8)
		sub->stack = frame->words * 8;
	return STEP_NEXT;
}

void stack_note_word(struct walk *w, const struct frame *frame,
		     unsigned int word)
{
	struct step *step = &w->path->steps[w->path->step_count - 1];

	for (unsigned int i = 0; i <= w->path->s.current; i++)
		if (w->path->s.frames[i] == frame)
			step->frame = i;
	step->word = word;
}

void stack_scrub(unsigned char *type)
{
	if (*type != SLOT_INVALID)
		*type = SLOT_MISC;
}

bool stack_is_spilled_zero(const struct stack_word *word)
{
	return word->reg.type == REG_SCALAR && reg_is_null(&word->reg);
}

static void mark_word_read(struct stack_word *word)
{
	live_read(&word->reg, word->reg.parent, LIVE_READ64);
}

/* What plain bytes give: zero if all are, and else some number. */
static void fill_bytes(struct walk *w, const struct frame *frame,
		       const struct span *span, int to)
{
	struct reg *reg = walk_reg(w, to);
	bool zero = true;

	for (int64_t i = span->min; i < span->max; i++)
		zero &= stack_slot(frame, i) == SLOT_ZERO;
	if (zero)
		reg_known(reg, 0);
	else
		reg_unknown(reg);
	reg->precise = zero && !walk_is_new(w);
	reg->live |= LIVE_WRITTEN;
}

static unsigned int spill_size(const struct stack_word *word)
{
	unsigned int size = 0;

	while (size < 8 && word->types[7 - size] == SLOT_SPILL)
		size++;
	return size;
}

/* Is what is read the lower part of what was spilled? (6.12:
 * bpf_stack_narrow_access_ok(), little endian)
 */
static bool fills_register(const struct walk *w, int off, unsigned int size,
			   unsigned int spilled)
{
	if (!walk_is_new(w))
		return off % 8 == 0 && size == spilled;
	return size <= spilled && off % 8 == 0;
}

static void fill(struct walk *w, const struct reg *spilled, unsigned int size,
		 int to)
{
	struct reg *reg = walk_reg(w, to);
	bool half = reg->half;
	unsigned int half_insn = reg->half_insn;

	reg_copy(reg, spilled);
	if (size < 8) {
		reg->half = half;
		reg->half_insn = half_insn;
		if (walk_is_new(w) && reg_width(spilled) > 8 * size) {
			reg->id = 0;
			reg->off = 0;
		}
	}
	reg->live |= LIVE_WRITTEN;
}

static void fill_part(struct walk *w, const struct stack_word *word, int off,
		      int size, int to)
{
	struct reg *reg = walk_reg(w, to);
	int spilled = 0, zero = 0;

	for (int i = 0; i < size; i++) {
		unsigned char type = word->types[(-off - 1 - i) % 8];

		spilled += type == SLOT_SPILL;
		zero += type == SLOT_ZERO;
	}
	if (walk_is_new(w) &&
	    ((spilled == size && stack_is_spilled_zero(word)) || zero == size))
		reg_known(reg, 0);
	else
		reg_unknown(reg);
	reg->live |= LIVE_WRITTEN;
}

static enum step_result read_spill(struct walk *w, struct frame *frame, int off,
				   int size, int to)
{
	struct stack_word *word = &frame->stack[(-off - 1) / 8];
	unsigned int spilled = spill_size(word);
	bool whole = size == 8 && spilled == 8;

	if (!whole && word->reg.type != REG_SCALAR)
		return refuse(w, RULE_V4, EACCES,
			      "invalid size of register fill");
	/* 6.1 knows of no zero beside a register. */
	for (int i = 0; i < size && !whole && !walk_is_new(w); i++)
		if (!fills_register(w, off, size, spilled) &&
		    word->types[(-off - 1 - i) % 8] == SLOT_ZERO)
			return refuse(w, RULE_V4, EACCES,
				      "invalid read from stack off %d+%d size "
				      "%d",
				      off, i, size);
	mark_word_read(word);
	if (to < 0)
		return STEP_NEXT;
	if (whole || fills_register(w, off, size, spilled)) {
		fill(w, &word->reg, whole ? 8 : size, to);
		stack_note_word(w, frame, (-off - 1) / 8);
	} else {
		fill_part(w, word, off, size, to);
	}
	return STEP_NEXT;
}

static void read_variable(struct walk *w, struct frame *frame,
			  const struct span *span, int to)
{
	for (int64_t i = span->min; i < span->max; i++)
		mark_word_read(&frame->stack[(-i - 1) / 8]);
	fill_bytes(w, frame, span, to);
}

enum step_result stack_read(struct walk *w, unsigned int ptr, int off, int size,
			    int to)
{
	struct frame *frame = stack_frame(w, walk_reg(w, ptr));
	enum step_result result;
	struct span span;
	struct stack_word *word;

	result = stack_span(w, ptr, off, size, READ, &span);
	if (result != STEP_NEXT)
		return result;
	if (!span.fixed) {
		if (to >= 0)
			read_variable(w, frame, &span, to);
		return STEP_NEXT;
	}
	word = &frame->stack[(-span.min - 1) / 8];
	if (stack_is_spill(word))
		return read_spill(w, frame, span.min, size, to);
	mark_word_read(word);
	if (to >= 0)
		fill_bytes(w, frame, &span, to);
	return STEP_NEXT;
}

/* A helper may do what it likes with what it is given. */
static void clobber(struct stack_word *word, unsigned char *type)
{
	if (*type == SLOT_MISC)
		return;
	if (*type == SLOT_ZERO || *type == SLOT_INVALID) {
		*type = SLOT_MISC;
		return;
	}
	if (!stack_is_spill(word))
		return;
	reg_unknown(&word->reg);
	for (int i = 0; i < 8; i++)
		stack_scrub(&word->types[i]);
}

enum step_result stack_helper(struct walk *w, unsigned int ptr, int size,
			      bool zero_allowed)
{
	const struct reg *reg = walk_reg(w, ptr);
	struct frame *frame = stack_frame(w, reg);
	enum step_result result;
	struct span span;

	if (!size && !zero_allowed)
		return refuse(w, RULE_V6, EACCES, "invalid zero-sized read");
	result = stack_span(w, ptr, reg->off, size, HELPER, &span);
	if (result != STEP_NEXT)
		return result;
	for (int64_t i = span.min; i < span.max; i++) {
		struct stack_word *word = &frame->stack[(-i - 1) / 8];

		clobber(word, &word->types[(-i - 1) % 8]);
		mark_word_read(word);
	}
	return STEP_NEXT;
}
