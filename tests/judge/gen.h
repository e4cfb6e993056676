/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Makes programs at random that most of the time the kernel would take, near
 * the limits of the card's driver. While it writes it keeps track of what each
 * register holds, about as the verifier does; where it is sloppy, and where
 * mutations follow, the program has a fault.
 */
#ifndef JUDGE_GEN_H
#define JUDGE_GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pack.h"

#define GEN_INSNS 4096
#define GEN_SUBS  12
#define GEN_OUTS  64
#define GEN_DEPTH 3
#define GEN_SLOTS 64

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum kind {
	NONE, /* not to be read */
	NUMBER,
	CONTEXT,
	PACKET,
	PACKET_END,
	VALUE,
	VALUE_OR_NULL,
	FRAME,
};

struct value {
	enum kind kind;
	uint64_t max;	 /* NUMBER: not above this */
	unsigned int id; /* PACKET, VALUE...: of one origin */
	int map;	 /* VALUE... */
	int off;	 /* from the origin */
	int range;	 /* PACKET: bytes from the origin that are there */
	bool callers;	 /* FRAME: of the caller */
};

/* Eight bytes of stack. */
struct slot {
	uint8_t written; /* a bit for each byte */
	bool spilled;
	struct value value;
};

/* What holds at the end of the instructions so far. */
struct env {
	struct value r[10];
	struct slot slots[GEN_SLOTS]; /* the first is r10-8 */
};

struct sub {
	struct value args[5];
	unsigned int count;
	unsigned int start;
	bool written;
	bool global;
	struct pack_func type; /* what BTF says of it */
};

struct gen {
	uint64_t random;
	unsigned int sloppy; /* once in so many choices; 0: never */
	unsigned int size;   /* instructions that it aims at */
	unsigned int depth;
	unsigned int locked; /* registers that must stay, by bit */
	unsigned int ids;
	bool in_sub;
	bool clean;	   /* without a fault on purpose */
	bool plain;	   /* long, so that the rest has to be simple */
	bool types;	   /* there is BTF, and functions may be global */
	bool chain;	   /* each function calls another */
	bool every_helper; /* the firmware has them all */
	struct env env;
	struct bpf_insn insns[GEN_INSNS];
	unsigned int count;
	unsigned int outs[GEN_OUTS]; /* jumps to the common end */
	unsigned int out_count;
	struct sub subs[GEN_SUBS];
	unsigned int sub_count;
	struct pack_map maps[PACK_MAPS];
	unsigned int map_count;
	uint8_t counters
		[PACK_MAPS]; /* value's bytes from here on are counted */
};

/* gen.c */
uint64_t gen_random(struct gen *g);
unsigned int gen_below(struct gen *g, unsigned int n);
bool gen_one_in(struct gen *g, unsigned int n);
/* A fault on purpose, once in @n. */
bool gen_fault(struct gen *g, unsigned int n);
bool gen_sloppy(struct gen *g); /* shall the next choice be a careless one? */
int32_t gen_imm(struct gen *g);
unsigned int gen_size(struct gen *g); /* BPF_B, _H, _W or _DW */
unsigned int gen_bytes(unsigned int size);

void gen_emit(struct gen *g, uint8_t code, unsigned int dst, unsigned int src,
	      int off, int32_t imm);
void gen_imm64(struct gen *g, unsigned int dst, unsigned int src, uint64_t n);
void gen_set(struct gen *g, unsigned int dst, struct value value);
void gen_move(struct gen *g, unsigned int dst, unsigned int src);
void gen_constant(struct gen *g, unsigned int dst, int32_t n);

/* A register to write to; one that holds @kind, or -1. */
unsigned int gen_target(struct gen *g);
int gen_find(struct gen *g, enum kind kind);
/* A register with a number, made if there is none. */
unsigned int gen_number(struct gen *g);
/* The same, and not above @max. */
unsigned int gen_bounded(struct gen *g, uint64_t max);
void gen_bound(struct gen *g, unsigned int reg, uint64_t max);
void gen_forget(struct gen *g, enum kind kind);
void gen_call(struct gen *g, int32_t helper);

/* gen_alu.c */
void gen_alu(struct gen *g);
void gen_multiply(struct gen *g);
void gen_divide(struct gen *g);
void gen_shift(struct gen *g);

/* gen_packet.c */
void gen_packet_open(struct gen *g);
void gen_packet_check(struct gen *g);
void gen_packet_load(struct gen *g);
void gen_packet_store(struct gen *g);
void gen_packet_copy(struct gen *g);
void gen_packet_variable(struct gen *g);
void gen_context(struct gen *g);

/* gen_stack.c */
void gen_stack_store(struct gen *g);
void gen_stack_load(struct gen *g);
void gen_stack_pointer(struct gen *g);
void gen_stack_odd(struct gen *g);
/* Write @bytes at @off (negative, a multiple of 4). */
void gen_stack_fill(struct gen *g, int off, unsigned int bytes);
/* The same with zeros. */
void gen_stack_zero(struct gen *g, int off, unsigned int bytes);

/* gen_map.c */
void gen_maps(struct gen *g);
void gen_many_maps(struct gen *g); /* refer to all, if there are many */
void gen_lookup(struct gen *g);

/* gen_value.c */
void gen_value_load(struct gen *g);
void gen_value_add(struct gen *g);
void gen_value_odd(struct gen *g);

/* gen_helper.c */
void gen_helper(struct gen *g);
void gen_event(struct gen *g);
void gen_update(struct gen *g);

/* gen_flow.c */
void gen_two_ways(struct gen *g);
void gen_block(struct gen *g, unsigned int insns);
void gen_if(struct gen *g);
void gen_dead(struct gen *g);
void gen_loop(struct gen *g);
/* A comparison of numbers. Return: where its jump is. */
unsigned int gen_compare(struct gen *g);
void gen_leave(struct gen *g); /* set r0, exit */
/* The jump just written leads out of the program. */
void gen_out(struct gen *g);
void gen_outs_end(struct gen *g);
/* The jump at @at leads to what comes next. */
void gen_land(struct gen *g, unsigned int at);

/* gen_sub.c */
void gen_subprogram(struct gen *g);
void gen_sub_bodies(struct gen *g);

/* gen_func.c: a function that others may call as its type says. */
void gen_global(struct gen *g, struct sub *sub);
/* What it is called with. */
void gen_global_args(struct gen *g, const struct sub *sub);
/* The functions of the finished program. Return: how many; 0: without BTF. */
unsigned int gen_funcs(const struct gen *g, struct pack_func *out);

/* gen_mutate.c */
void gen_mutate(struct gen *g);

/* generate.c: a program that depends on nothing else. */
void gen_program(struct gen *g, uint64_t seed, uint64_t n, bool every_helper);

#endif
