/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known at one instruction on one path: registers, stack, frames.
 */
#ifndef CHECK_STATE_H
#define CHECK_STATE_H

#include "scalar.h"

/* The driver prints these numbers, which are the kernel's (6.1 and 6.12 agree
 * on them: enum bpf_reg_type in <linux/bpf.h> of its sources).
 */
enum reg_type {
	REG_NOT_INIT = 0,
	REG_SCALAR = 1,
	REG_CTX = 2,
	REG_MAP = 3, /* a map itself, not a value in it */
	REG_MAP_VALUE = 4,
	REG_STACK = 6,
	REG_PACKET_META = 7,
	REG_PACKET = 8,
	REG_PACKET_END = 9,
	/* Those whose numbers differ: reg_type_number(). */
	REG_MEM = 100, /* what a global function's argument points to */
	REG_FUNC = 101,
	REG_OTHER = 102, /* some kernel object */
	/* May be NULL until it is compared with 0. */
	REG_OR_NULL = 1 << 12,
};

/* As the kernel of @c prints it. */
int reg_type_number(enum reg_type type, enum check_kernel kernel);

/* As the verifier's log names it: "pkt", "map_value_or_null". */
const char *reg_type_name(enum reg_type type);

/* Was the value of a register or stack word read later on, on some path that
 * was followed to its end? Two states that differ only in what is never read
 * are the same.
 */
enum live {
	LIVE_READ32 = 1 << 0,
	LIVE_READ64 = 1 << 1,
	LIVE_READ = LIVE_READ32 | LIVE_READ64,
	LIVE_WRITTEN = 1 << 2, /* since the parent state */
};

/* Packet pointers of which only a comparison with the end is known. */
enum {
	RANGE_AT_END = -1,
	RANGE_BEYOND_END = -2,
};

/* As the kernel prints known bits: "(0x0; 0xff)", and 6.12 a constant plain. */
void bits_text(struct tnum bits, enum check_kernel kernel, char *out,
	       size_t room);

/* Many are remembered: the small parts share words. */
struct reg {
	/* A number, or a pointer's variable part; a pointer's bits are const
	 * where its offset is known.
	 */
	struct scalar var;
	struct reg *parent; /* the same one in the parent state */
	int32_t off;	    /* of a pointer: its constant part; of a number with
			    * ID_PLUS: what was added to it since
			    */
	uint32_t id; /* the same number, or pointers of one origin; 0: none */
	uint32_t mem_size; /* REG_MEM */
	enum reg_type type : 16;
	unsigned int frame : 4;	  /* REG_STACK: index of the frame */
	unsigned int live : 3;	  /* enum live */
	unsigned int precise : 1; /* pruning must compare its value */
	unsigned int
		half : 1; /* REG_SCALAR: written as 32 bits, see half_insn */
	int range : 20;	  /* packet: bytes from its start that are there */
	int map : 12;	  /* REG_MAP*, index in struct code; else -1 */
	unsigned int half_insn : 20; /* the instruction that did */
	/* The lower half is what this global function returned, which the kernel
	 * does not follow; 0: it is not, or it has been compared.
	 */
	unsigned int result_of : 9;
};

/* With an id: the number differs from those with the id alone by reg.off. */
#define ID_PLUS (1u << 31)

enum slot_type {
	SLOT_INVALID, /* not written */
	SLOT_SPILL,   /* part of the register in struct stack_word */
	SLOT_MISC,    /* some bytes */
	SLOT_ZERO,
};

#define STACK_BYTES 512
#define STACK_WORDS (STACK_BYTES / 8)

/* Eight bytes of stack. */
struct stack_word {
	unsigned char types[8]; /* enum slot_type; [0] is the highest address */
	struct reg reg;		/* where SLOT_SPILL */
};

#define FRAME_REGS 11
#define FRAMES_MAX 8

struct frame {
	struct reg regs[FRAME_REGS];
	int call;	      /* the call that it returns behind; -1: main */
	unsigned int subprog; /* index */
	unsigned int words;   /* of stack in use, from the top */
	struct stack_word *stack; /* word 0 is r10-8..r10-1 */
};

struct state {
	struct frame *frames[FRAMES_MAX];
	unsigned int current; /* index of the running frame */
};

static inline struct frame *state_frame(const struct state *s)
{
	return s->frames[s->current];
}

static inline struct reg *state_reg(const struct state *s, unsigned int reg)
{
	return &s->frames[s->current]->regs[reg];
}

/* Type of the byte @off bytes from r10 (negative) of a frame; SLOT_INVALID
 * beyond what was ever written.
 */
enum slot_type stack_slot(const struct frame *frame, int off);

/* Does a word hold a register, at least its lower part? */
bool stack_is_spill(const struct stack_word *word);

/* Let a frame have at least @bytes of stack. Return: false without memory. */
bool stack_grow(struct frame *frame, unsigned int bytes);

/* Set all that is known of a register but its liveness. */
void reg_not_init(struct reg *reg);
void reg_unknown(struct reg *reg);
void reg_known(struct reg *reg, uint64_t value);
/* A pointer with offset 0. */
void reg_pointer(struct reg *reg, enum reg_type type);
void reg_copy(struct reg *to, const struct reg *from);

bool reg_is_const(const struct reg *reg);
bool reg_is_null(const struct reg *reg);
/* Something else than a number: a kernel address. */
bool reg_is_pointer(const struct reg *reg);
bool reg_is_packet(const struct reg *reg);

/* Every register and every spilled one of all frames; the loop's body may not
 * leave it other than by return.
 */
#define state_for_each_reg(state, reg)        \
	for (struct state_cursor at_ = { 0 }; \
	     ((reg) = state_next_reg(state, &at_));)

struct state_cursor {
	unsigned int frame;
	unsigned int index;
};

struct reg *state_next_reg(const struct state *s, struct state_cursor *at);

/* @to gets frames of its own. Return: false without memory. */
bool state_copy(struct state *to, const struct state *from);
void state_free(struct state *s);
struct frame *frame_new(void);
void frame_free(struct frame *frame);
size_t frame_bytes(const struct frame *frame); /* of memory */

#endif
