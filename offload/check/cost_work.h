/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the cost model share. The driver's compiler keeps a struct
 * nfp_insn_meta for each instruction, changes it in a few passes and then
 * emits; this keeps what decides how many instructions it emits, and counts.
 */
#ifndef CHECK_COST_WORK_H
#define CHECK_COST_WORK_H

#include <errno.h>

#include "cost.h"

struct cost_insn {
	struct bpf_insn insn; /* as the passes leave it */
	const struct fact *fact;
	unsigned int index;
	unsigned int subprog;
	int target;	   /* where a jump or call leads to, -1: nowhere */
	bool jump_target;  /* some jump, dead ones too, leads here */
	bool subprog_head; /* some call, dead ones too, leads here */
	bool removed;	   /* the kernel takes it out */
	bool folded;	   /* one before it does its work */
	bool negated;	   /* a comparison whose number was negated */
	/* A load at the head of a copy: bytes, negative where addresses go
	 * down, and the copy's first store.
	 */
	int16_t copy;
	const struct cost_insn *copy_store;
	/* A load of the packet: bytes that are fetched together. */
	bool cache_fill;
	int16_t cache_start, cache_end;
};

struct cost_work {
	const struct driver *d;
	struct cost_insn *insns;
	unsigned int count;
	unsigned int frame; /* bytes of stack of the function at hand */
};

static inline bool cost_skipped(const struct cost_insn *i)
{
	return i->removed || i->folded;
}

static inline bool cost_is_load(const struct cost_insn *i)
{
	return (i->insn.code & ~0x18) == (BPF_LDX | BPF_MEM);
}

static inline bool cost_is_store(const struct cost_insn *i)
{
	return (i->insn.code & ~0x18) == (BPF_STX | BPF_MEM);
}

static inline bool cost_is_jump_class(const struct cost_insn *i)
{
	return BPF_CLASS(i->insn.code) == BPF_JMP ||
	       BPF_CLASS(i->insn.code) == BPF_JMP32;
}

static inline bool cost_is_call(const struct cost_insn *i)
{
	return i->insn.code == (BPF_JMP | BPF_CALL);
}

/* A call of another function of the program. */
static inline bool cost_is_subprog_call(const struct cost_insn *i)
{
	return cost_is_call(i) && i->insn.src_reg == BPF_PSEUDO_CALL;
}

static inline unsigned int cost_bytes(const struct bpf_insn *insn)
{
	static const unsigned char bytes[] = { 4, 2, 1, 8 };

	return bytes[BPF_SIZE(insn->code) >> 3];
}

/* The upper half of a 32-bit result (bpf/jit.c wrp_zext()). */
static inline unsigned int cost_zext(const struct cost_insn *i)
{
	return i->fact->zext ? 1 : 0;
}

/* cost_imm.c */

/* A register is loaded with a number (bpf/jit.c wrp_immed()). */
unsigned int cost_immed(uint32_t imm);
/* A number as operand of most instructions: free where it fits one
 * (bpf/jit.c ur_load_imm_any()).
 */
unsigned int cost_operand(uint32_t imm);
/* The same of shifts and memory commands (bpf/jit.c re_load_imm_any()). */
unsigned int cost_offset(uint32_t imm);
/* An unsigned division by @imm (bpf/jit.c wrp_div_imm()). -EDOM: by zero. */
int cost_divide(uint64_t imm);

/* The stages before anything is counted, in this order. */
void cost_remove_dead(struct cost_work *w);  /* cost_dead.c */
void cost_peephole(struct cost_work *w);     /* cost_peephole.c */
void cost_find_copies(struct cost_work *w);  /* cost_copy.c */
void cost_packet_cache(struct cost_work *w); /* cost_cache.c */

/* NFP instructions of one BPF instruction, or -errno as the driver's compiler
 * fails with.
 */
int cost_alu(struct cost_work *w, const struct cost_insn *i); /* cost_alu.c */
int cost_shift(const struct cost_insn *i);		      /* cost_shift.c */
int cost_load(struct cost_work *w,
	      const struct cost_insn *i); /* cost_memory.c */
int cost_store(struct cost_work *w,
	       const struct cost_insn *i);  /* cost_memory.c */
int cost_atomic(const struct cost_insn *i); /* cost_memory.c */
int cost_copy(const struct cost_insn *i);   /* cost_copy.c */
int cost_cached(const struct cost_insn *i); /* cost_cache.c */
int cost_stack(struct cost_work *w,
	       const struct cost_insn *i); /* cost_stack.c */
int cost_jump(struct cost_work *w, const struct cost_insn *i); /* cost_jump.c */
int cost_call(struct cost_work *w, const struct cost_insn *i); /* cost_call.c */

/* bpf/verifier.c nfp_bpf_finalize(): what the driver adds to the stack that a
 * function uses itself.
 */
unsigned int cost_frame(const struct facts *facts, unsigned int subprog);

#endif
