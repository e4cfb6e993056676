/* SPDX-License-Identifier: GPL-2.0-only */
/* Reads and writes of the stack, directly and by helpers (kernel/bpf/
 * verifier.c check_stack_access_within_bounds(), check_stack_write_fixed_off(),
 * check_stack_read_fixed_off() and their like for variable offsets).
 */
#include <errno.h>

#include "walk_private.h"

enum access {
	READ,
	WRITE,
	HELPER
};

/* The bytes that may be touched, from r10: [min, max). */
struct span {
	int64_t min, max;
	bool fixed;
};

static bool is_new(const struct walk *w)
{
	return w->kernel >= CHECK_KERNEL_6_12;
}

static struct frame *frame_of(const struct walk *w, const struct reg *ptr)
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
	if (is_new(w))
		return refuse(w, RULE_V4, err,
			      "invalid variable-offset%s stack R%u var_off=%s "
			      "off=%d size=%d",
			      how(access), number, bits, off, size);
	return refuse(w, RULE_V4, err,
		      "invalid variable-offset%s stack R%u var_off=%s size=%d",
		      how(access), number, bits, size);
}

static enum step_result find_span(struct walk *w, unsigned int number, int off,
				  int size, enum access access,
				  struct span *out)
{
	const struct reg *ptr = walk_reg(w, number);
	struct frame *frame = frame_of(w, ptr);
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

static void note_word(struct walk *w, const struct frame *frame,
		      unsigned int word)
{
	struct step *step = &w->path->steps[w->path->step_count - 1];

	for (unsigned int i = 0; i <= w->path->s.current; i++)
		if (w->path->s.frames[i] == frame)
			step->frame = i;
	step->word = word;
}

/* A byte of a word that held a register, and does no longer. That it was zero
 * is forgotten, too (scrub_spilled_slot()).
 */
static void scrub(unsigned char *type)
{
	if (*type != SLOT_INVALID)
		*type = SLOT_MISC;
}

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
		else if (!is_new(w))
			scrub(type);
		else if (*type != SLOT_ZERO && *type != SLOT_INVALID)
			*type = SLOT_MISC;
	}
}

static unsigned int width(const struct reg *reg)
{
	return reg->var.umax ? 64 - __builtin_clzll(reg->var.umax) : 0;
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
	return is_new(w) || (!unbounded(&reg->var) && !reg_is_null(reg));
}

static void spill_number(struct walk *w, struct stack_word *word, int from,
			 struct reg *reg, int size)
{
	bool fits = width(reg) <= 8u * size;

	if (!is_new(w) && walk_insn(w)->dst_reg != BPF_REG_10)
		precise_now(w, from);
	if (is_new(w) && fits) {
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
			scrub(&word->types[i]);
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
	} else if (!reg && off % 8 == 0 && (is_new(w) || imm)) {
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
		note_word(w, frame, (-off - 1) / 8);
	return STEP_NEXT;
}

static bool is_spilled_zero(const struct stack_word *word)
{
	return word->reg.type == REG_SCALAR && reg_is_null(&word->reg);
}

static void write_variable(struct walk *w, struct frame *frame,
			   const struct span *span, int from)
{
	bool zero = from >= 0 ? reg_is_null(walk_reg(w, from))
			      : is_new(w) && !walk_insn(w)->imm;
	bool used = false;

	for (int64_t i = span->min; i < span->max; i++) {
		struct stack_word *word = &frame->stack[(-i - 1) / 8];
		unsigned char *type = &word->types[(-i - 1) % 8];
		bool stays = zero && *type == SLOT_ZERO;

		if (is_new(w) && zero && *type == SLOT_SPILL &&
		    is_spilled_zero(word)) {
			used = true;
			continue;
		}
		if (is_new(w)) {
			if (stack_is_spill(word))
				for (int j = 0; j < 8; j++)
					scrub(&word->types[j]);
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
	struct frame *frame = frame_of(w, walk_reg(w, ptr));
	enum step_result result;
	struct span span;

	result = find_span(w, ptr, off, size, WRITE, &span);
	if (result != STEP_NEXT)
		return result;
	if (span.fixed)
		return write_fixed(w, frame, span.min, size, from);
	write_variable(w, frame, &span, from);
	return STEP_NEXT;
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
	reg->precise = zero && !is_new(w);
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
	if (!is_new(w))
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
		if (is_new(w) && width(spilled) > 8 * size) {
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
	if (is_new(w) &&
	    ((spilled == size && is_spilled_zero(word)) || zero == size))
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
	for (int i = 0; i < size && !whole && !is_new(w); i++)
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
		note_word(w, frame, (-off - 1) / 8);
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
	struct frame *frame = frame_of(w, walk_reg(w, ptr));
	enum step_result result;
	struct span span;
	struct stack_word *word;

	result = find_span(w, ptr, off, size, READ, &span);
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
		scrub(&word->types[i]);
}

enum step_result stack_helper(struct walk *w, unsigned int ptr, int size,
			      bool zero_allowed)
{
	const struct reg *reg = walk_reg(w, ptr);
	struct frame *frame = frame_of(w, reg);
	enum step_result result;
	struct span span;

	if (!size && !zero_allowed)
		return refuse(w, RULE_V6, EACCES, "invalid zero-sized read");
	result = find_span(w, ptr, reg->off, size, HELPER, &span);
	if (result != STEP_NEXT)
		return result;
	for (int64_t i = span.min; i < span.max; i++) {
		struct stack_word *word = &frame->stack[(-i - 1) / 8];

		clobber(word, &word->types[(-i - 1) % 8]);
		mark_word_read(word);
	}
	return STEP_NEXT;
}
