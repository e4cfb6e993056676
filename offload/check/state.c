/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state.h"

int reg_type_number(enum reg_type type, enum check_kernel kernel)
{
	/* enum bpf_reg_type of each kernel; PTR_MAYBE_NULL is bit 8. */
	static const int funcs[] = {
		[CHECK_KERNEL_6_1] = 19,
		[CHECK_KERNEL_6_12] = 20,
	};
	int base = type & ~REG_OR_NULL;
	int number = base == REG_MEM	? 17
		     : base == REG_FUNC ? funcs[kernel]
					: base;

	return type & REG_OR_NULL ? number | 1 << 8 : number;
}

const char *reg_type_name(enum reg_type type)
{
	static const struct {
		int type;
		const char *name, *or_null;
	} names[] = {
		{ REG_NOT_INIT, "?", "?" },
		{ REG_SCALAR, "scalar", "scalar" },
		{ REG_CTX, "ctx", "ctx_or_null" },
		{ REG_MAP, "map_ptr", "map_ptr_or_null" },
		{ REG_MAP_VALUE, "map_value", "map_value_or_null" },
		{ REG_STACK, "fp", "fp_or_null" },
		{ REG_PACKET, "pkt", "pkt_or_null" },
		{ REG_PACKET_META, "pkt_meta", "pkt_meta_or_null" },
		{ REG_PACKET_END, "pkt_end", "pkt_end_or_null" },
		{ REG_MEM, "mem", "mem_or_null" },
		{ REG_FUNC, "func", "func_or_null" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].type == (int)(type & ~REG_OR_NULL))
			return type & REG_OR_NULL ? names[i].or_null
						  : names[i].name;
	return "kernel object";
}

void bits_text(struct tnum bits, enum check_kernel kernel, char *out,
	       size_t room)
{
	bool plain = kernel >= CHECK_KERNEL_6_12 && !bits.mask;

	/* kernel/bpf/log.c is_unum_decimal() */
	if (plain && bits.value <= UINT16_MAX)
		snprintf(out, room, "%llu", (unsigned long long)bits.value);
	else if (plain)
		snprintf(out, room, "0x%llx", (unsigned long long)bits.value);
	else
		snprintf(out, room, "(0x%llx; 0x%llx)",
			 (unsigned long long)bits.value,
			 (unsigned long long)bits.mask);
}

bool stack_is_spill(const struct stack_word *word)
{
	return word->types[7] == SLOT_SPILL;
}

enum slot_type stack_slot(const struct frame *frame, int off)
{
	unsigned int slot = -off - 1;

	if (off >= 0 || slot / 8 >= frame->words)
		return SLOT_INVALID;
	return frame->stack[slot / 8].types[slot % 8];
}

bool stack_grow(struct frame *frame, unsigned int bytes)
{
	unsigned int words = (bytes + 7) / 8;
	struct stack_word *stack;

	if (words <= frame->words)
		return true;
	stack = realloc(frame->stack, words * sizeof(*stack));
	if (!stack)
		return false;
	memset(stack + frame->words, 0,
	       (words - frame->words) * sizeof(*stack));
	frame->stack = stack;
	frame->words = words;
	return true;
}

/* Everything but liveness. */
static void reg_clear(struct reg *reg, enum reg_type type)
{
	struct reg *parent = reg->parent;
	unsigned char live = reg->live;

	memset(reg, 0, sizeof(*reg));
	reg->type = type;
	reg->map = -1;
	reg->parent = parent;
	reg->live = live;
}

void reg_not_init(struct reg *reg)
{
	reg_clear(reg, REG_NOT_INIT);
	scalar_unknown(&reg->var);
}

void reg_unknown(struct reg *reg)
{
	bool half = reg->half;
	unsigned int half_insn = reg->half_insn;

	reg_clear(reg, REG_SCALAR);
	scalar_unknown(&reg->var);
	reg->half = half;
	reg->half_insn = half_insn;
}

void reg_known(struct reg *reg, uint64_t value)
{
	reg_unknown(reg);
	scalar_const(&reg->var, value);
}

void reg_pointer(struct reg *reg, enum reg_type type)
{
	reg_clear(reg, type);
	scalar_const(&reg->var, 0);
}

void reg_copy(struct reg *to, const struct reg *from)
{
	struct reg *parent = to->parent;
	unsigned char live = to->live;

	*to = *from;
	to->parent = parent;
	to->live = live;
}

bool reg_is_const(const struct reg *reg)
{
	return reg->type == REG_SCALAR && tnum_is_const(reg->var.bits);
}

bool reg_is_null(const struct reg *reg)
{
	return reg_is_const(reg) && !reg->var.bits.value;
}

bool reg_is_pointer(const struct reg *reg)
{
	return reg->type != REG_SCALAR && reg->type != REG_NOT_INIT;
}

bool reg_is_packet(const struct reg *reg)
{
	return reg->type == REG_PACKET || reg->type == REG_PACKET_META;
}

struct reg *state_next_reg(const struct state *s, struct state_cursor *at)
{
	while (at->frame <= s->current) {
		struct frame *frame = s->frames[at->frame];
		unsigned int i = at->index++;

		if (i < FRAME_REGS)
			return &frame->regs[i];
		i -= FRAME_REGS;
		if (i < frame->words && stack_is_spill(&frame->stack[i]))
			return &frame->stack[i].reg;
		if (i < frame->words)
			continue;
		at->frame++;
		at->index = 0;
	}
	return NULL;
}

struct frame *frame_new(void)
{
	struct frame *frame = calloc(1, sizeof(*frame));

	for (unsigned int i = 0; frame && i < FRAME_REGS; i++)
		reg_not_init(&frame->regs[i]);
	return frame;
}

size_t frame_bytes(const struct frame *frame)
{
	return sizeof(*frame) + frame->words * sizeof(*frame->stack);
}

void frame_free(struct frame *frame)
{
	if (frame)
		free(frame->stack);
	free(frame);
}

static struct frame *frame_copy(const struct frame *from)
{
	struct frame *to = malloc(sizeof(*to));
	size_t bytes = frame_bytes(from) - sizeof(*from);

	if (!to)
		return NULL;
	*to = *from;
	to->stack = NULL;
	if (!bytes)
		return to;
	to->stack = malloc(bytes);
	if (!to->stack) {
		free(to);
		return NULL;
	}
	memcpy(to->stack, from->stack, bytes);
	return to;
}

bool state_copy(struct state *to, const struct state *from)
{
	memset(to, 0, sizeof(*to));
	to->current = from->current;
	for (unsigned int i = 0; i <= from->current; i++) {
		to->frames[i] = frame_copy(from->frames[i]);
		if (!to->frames[i]) {
			state_free(to);
			return false;
		}
	}
	return true;
}

void state_free(struct state *s)
{
	for (unsigned int i = 0; i < FRAMES_MAX; i++) {
		frame_free(s->frames[i]);
		s->frames[i] = NULL;
	}
}
