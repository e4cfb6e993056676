/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An assembler for the microengine's tests: one function per instruction, which
 * returns the word, without ECC. Layouts: nfp driver, nfp_asm.h. The engine's
 * own decoder is not used.
 */
#ifndef ME_ASM_H
#define ME_ASM_H

#include <stdbool.h>
#include <stdint.h>

enum reg_kind {
	REG_NONE,
	REG_A,
	REG_B,
	REG_AB,
	REG_XFER,
	REG_LMEM,
	REG_IMM
};

struct reg {
	enum reg_kind kind;
	unsigned int n;	    /* register, immediate or word offset */
	unsigned int which; /* local memory pointer */
	int step;	    /* -1, 0, 1: where it moves */
};

#define A(x)	    ((struct reg){ .kind = REG_A, .n = (x) })
#define B(x)	    ((struct reg){ .kind = REG_B, .n = (x) })
#define AB(x)	    ((struct reg){ .kind = REG_AB, .n = (x) })
#define XFER(x)	    ((struct reg){ .kind = REG_XFER, .n = (x) })
#define LMEM(p, x)  ((struct reg){ .kind = REG_LMEM, .n = (x), .which = (p) })
#define LMEM_INC(p) ((struct reg){ .kind = REG_LMEM, .which = (p), .step = 1 })
#define LMEM_DEC(p) ((struct reg){ .kind = REG_LMEM, .which = (p), .step = -1 })
#define IMM(x)	    ((struct reg){ .kind = REG_IMM, .n = (x) })
#define NONE	    ((struct reg){ .kind = REG_NONE })

enum as_alu {
	MOV = 0x00,
	ADD = 0x01,
	NOT = 0x04,
	ADD16 = 0x05,
	AND = 0x08,
	NOT_AND = 0x0c,
	SUBC = 0x0d,
	AND_NOT = 0x10,
	ADDC = 0x11,
	OR = 0x14,
	SUB = 0x15,
	XOR = 0x18,
};

uint64_t alu(struct reg dst, struct reg left, enum as_alu op, struct reg right);
uint64_t mov(struct reg dst, struct reg src);

enum as_shf {
	SHF_MOV = 0,
	SHF_AND = 2,
	SHF_OR = 5,
	SHF_ASR = 6
};
enum as_shift {
	ROT,
	SHR,
	SHL,
	DSHR
};

/* A distance of 0 is the indirect one; of ROT it is none. */
uint64_t shf(struct reg dst, struct reg left, enum as_shf op, struct reg right,
	     enum as_shift shift, unsigned int n);

uint64_t ld_field(struct reg dst, unsigned int bytes, struct reg src,
		  enum as_shift shift, unsigned int n);
uint64_t ld_field_clr(struct reg dst, unsigned int bytes, struct reg src,
		      enum as_shift shift, unsigned int n);

/* @shift in bytes. */
uint64_t immed(struct reg dst, unsigned int v, unsigned int shift);
uint64_t immed_not(struct reg dst, unsigned int v, unsigned int shift);
uint64_t immed_w0(struct reg dst, unsigned int v);
uint64_t immed_w1(struct reg dst, unsigned int v);
uint64_t nop(void);

enum as_mul {
	MUL_START,
	MUL_24X8,
	MUL_16X16,
	MUL_32X32
};

/* Steps count from 1. */
uint64_t mul_start(struct reg left, struct reg right);
uint64_t mul_step(enum as_mul type, unsigned int step, struct reg left,
		  struct reg right);
uint64_t mul_last(enum as_mul type, struct reg dst);
uint64_t mul_last_high(enum as_mul type, struct reg dst);

enum as_cond {
	BEQ,
	BNE,
	BMI,
	BPL,
	BHS,
	BLO,
	BVS,
	BVC,
	BGE,
	BLT,
	BR = 0x18
};

uint64_t br(enum as_cond cond, unsigned int target, unsigned int defer);
uint64_t br_bset(struct reg src, unsigned int bit, unsigned int target,
		 unsigned int defer);
uint64_t br_bclr(struct reg src, unsigned int bit, unsigned int target,
		 unsigned int defer);
uint64_t rtn(struct reg src, unsigned int defer);

uint64_t csr_wr(struct reg src, unsigned int csr);
uint64_t csr_rd(unsigned int csr);

/* CSRs of the local memory pointers, and of random numbers. */
#define LM0    0x64
#define LM1    0x6c
#define LM2    0x94
#define LM3    0x9c
#define RANDOM 0x148

enum as_cmd {
	READ8,
	READ32,
	WRITE8,
	WRITE32,
	CMD_ADD,
	CMD_ADD_IMM
};
enum as_mode {
	MODE_40_AB = 0,
	MODE_40_BA = 1,
	MODE_32 = 4
};
enum as_wait {
	SWAP,
	DEFER1,
	DEFER2,
	NO_SWAP
};

/* @count in what the command counts in. */
uint64_t cmd(enum as_cmd cmd, enum as_mode mode, unsigned int xfer,
	     struct reg a, struct reg b, unsigned int count, enum as_wait wait);

/* The length is taken from the result of the instruction before, which
 * override() is the value of.
 */
uint64_t cmd_indirect(enum as_cmd cmd, enum as_mode mode, unsigned int xfer,
		      struct reg a, struct reg b, enum as_wait wait);
uint32_t override(unsigned int count);

#endif
