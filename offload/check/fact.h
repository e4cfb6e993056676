/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the exploration has found out about each instruction, over all visits:
 * what the driver keeps in its struct nfp_insn_meta (bpf/main.h), and what the
 * kernel keeps in struct bpf_insn_aux_data.
 */
#ifndef CHECK_FACT_H
#define CHECK_FACT_H

#include "code.h"
#include "state.h"

struct fact {
	bool reached; /* visited on some path */
	bool zext;    /* the upper half of its 32-bit result is read */

	/* Loads, stores, atomics: the pointer at the last visit. */
	struct reg ptr;	    /* type REG_NOT_INIT: not visited, or BPF_ST */
	bool ptr_not_const; /* stack: differs from visit to visit */
	bool caller_frame;  /* stack of a caller */

	/* ALU: bounds over all visits. umin_* begin with UINT64_MAX. */
	uint64_t umin_src, umax_src, umin_dst, umax_dst;

	/* Atomics. */
	bool xadd_over_16bit, xadd_maybe_16bit;

	/* Helper calls. */
	uint32_t helper; /* its number; 0: never visited */
	struct reg arg1; /* the map; event output: its fourth argument */
	struct reg arg2;
	bool arg2_varies; /* the offset, from visit to visit */

	bool bad_result; /* exit: with what the card takes for no action */
};

/* Functions of one program (kernel, BPF_MAX_SUBPROGS). */
#define SUBPROGS_MAX 256

/* A function of the program: [0] is the program itself. */
struct subprog {
	unsigned int start, end; /* instructions, end is behind the last */
	unsigned int stack;	 /* bytes, as deep as it was used */
	/* The same, as the driver has it, and where it takes the function to
	 * end: what is not called belongs to what stands before it.
	 */
	unsigned int told_stack, told_end;
	bool pushes; /* some instruction's dst is r6 to r9 */
	/* Global functions whose result it returns as it is, a bit for each. */
	uint64_t returns_of[SUBPROGS_MAX / 64];
};

struct facts {
	struct fact *insns; /* code->insn_count of them */
	struct subprog *subprogs;
	unsigned int subprog_count;
	unsigned int window;   /* bytes of the frame: max_pkt_offset */
	unsigned int explored; /* instructions, each visit counted */
	/* The one adjust_head call that needs no checks: its instruction,
	 * UINT32_MAX: none such; 0: no call (bpf/verifier.c
	 * nfp_record_adjust_head()).
	 */
	unsigned int adjust_head;
	bool pruned;   /* some path ended at what another had seen */
	bool complete; /* every path was followed to its end */
};

/* Return: 0 or -ENOMEM; ended with facts_end(), also then. */
int facts_start(struct facts *facts, const struct code *code);
void facts_end(struct facts *facts);

#endif
