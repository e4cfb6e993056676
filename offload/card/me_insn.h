/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between the files of the microengine: operands, what instructions share, and
 * one function for each class of instructions. All return false when the
 * program has to stop, with me->report filled in.
 */
#ifndef CARD_ME_INSN_H
#define CARD_ME_INSN_H

#include "card/me.h"

#define ME_INSN_BITS 45
#define ME_INSN_MASK ((1ull << ME_INSN_BITS) - 1)
#define ME_ALL_BYTES 0xfu

static inline uint32_t me_bits(uint64_t word, unsigned int lo, unsigned int n)
{
	return word >> lo & ((1ull << n) - 1);
}

static inline struct me_value me_known(uint32_t v)
{
	return (struct me_value){ v, ME_ALL_BYTES };
}

static inline bool me_is_known(const struct me_value *val)
{
	return val->known == ME_ALL_BYTES;
}

/* What the number of a report means. */
enum me_what {
	ME_NOTHING,
	ME_REGISTER_A,
	ME_REGISTER_B,
	ME_XFER_IN,
	ME_XFER_OUT,
	ME_POINTER,
	ME_BYTE,
	ME_CSR,
	ME_ADDRESS,
	ME_FIELD,
	ME_OPERATION,
	ME_TARGET,
	ME_COUNT,
	ME_VALUE,
};

/* Fill in the report. */
void me_report(struct me *me, enum me_stop stop, const char *reason,
	       enum me_what what, uint64_t number);

static inline bool me_refuse(struct me *me, enum me_stop stop,
			     const char *reason, enum me_what what,
			     uint64_t number)
{
	me_report(me, stop, reason, what, number);
	return false;
}

enum me_kind {
	ME_OPERAND_NONE, /* a destination that is thrown away */
	ME_OPERAND_A,
	ME_OPERAND_B,
	ME_OPERAND_AB, /* a destination in both banks */
	ME_OPERAND_XFER,
	ME_OPERAND_LMEM,
	ME_OPERAND_IMM,
	ME_OPERAND_UNKNOWN,
};

struct me_operand {
	enum me_kind kind;
	uint32_t n;	/* register, immediate, word, or the field as it is */
	uint32_t which; /* local memory pointer, */
	int step;	/* and how far it moves afterwards, in bytes */
};

/* Bank: ME_OPERAND_A or _B, for what the field alone does not tell; for a
 * destination ME_OPERAND_AB, too.
 */
struct me_operand me_unrestricted(uint32_t field, enum me_kind bank, bool ext);
struct me_operand me_restricted(uint32_t field, enum me_kind bank, bool ext,
				bool imm8);
struct me_operand me_unrestricted_dst(uint32_t field, enum me_kind bank,
				      bool ext);
struct me_operand me_restricted_dst(uint32_t field, enum me_kind bank,
				    bool ext);

/* Bits 41..43 are the same in all classes that have them. */
static inline enum me_kind me_dst_bank(uint64_t word, bool b)
{
	if (me_bits(word, 41, 1))
		return ME_OPERAND_AB;
	return b ? ME_OPERAND_B : ME_OPERAND_A;
}

static inline bool me_src_ext(uint64_t word)
{
	return me_bits(word, 42, 1);
}

static inline bool me_dst_ext(uint64_t word)
{
	return me_bits(word, 43, 1);
}

/* The sources of an instruction as left and right of its operation. */
struct me_sources {
	struct me_operand left;
	struct me_operand right;
};

/* Fields as in alu and mul_step, and as in alu_shf and ld_field. */
struct me_sources me_unrestricted_sources(uint64_t word, bool swap);
struct me_sources me_restricted_sources(uint64_t word);

/* Two sources that come through one port: which one would come first, the
 * driver never asks. me_refuse_conflict() is what follows.
 */
static inline bool me_one_port(const struct me_sources *src)
{
	return src->left.kind == src->right.kind &&
	       src->left.kind != ME_OPERAND_IMM;
}

static inline bool me_refuse_conflict(struct me *me)
{
	return me_refuse(me, ME_UNKNOWN,
			 "operands of which one is in the other's way",
			 ME_NOTHING, 0);
}

/* Of two sources the one that is no immediate; the second if both are. */
const struct me_operand *me_the_register(const struct me_sources *src);

/* me_carry() takes unknown bytes along, me_read() stops at them, and
 * me_read_bytes() at those of @bytes, bits as in me_value.
 */
bool me_carry(struct me *me, const struct me_operand *op, struct me_value *val);
bool me_read(struct me *me, const struct me_operand *op, uint32_t *v);
bool me_read_bytes(struct me *me, const struct me_operand *op, uint32_t bytes,
		   uint32_t *v);
bool me_write(struct me *me, const struct me_operand *op, struct me_value val);

/* The word a pointer and an offset stand for; NULL: stopped. */
struct me_value *me_lmem_word(struct me *me, const struct me_operand *op);

/* From the cycle of its CSR's write on, a pointer is not to be used for three
 * cycles (jit.c mem_op_stack() puts three nops there).
 */
#define ME_POINTER_CYCLES 4
bool me_write_pointer(struct me *me, unsigned int which, uint32_t addr);
void me_settle_pointers(struct me *me);

enum {
	ME_N = 1,
	ME_Z = 2,
	ME_C = 4,
	ME_V = 8,
};

void me_set_nz(struct me *me, uint32_t result);

/* shf and ld_field: how a value is moved. */
enum me_shift {
	ME_ROTATE,
	ME_SHIFT_RIGHT,
	ME_SHIFT_LEFT, /* by 32 minus the field */
	ME_SHIFT_DOUBLE,
};

/* Classes. */
bool me_alu(struct me *me, uint64_t word);
bool me_alu_shf(struct me *me, uint64_t word);
bool me_ld_field(struct me *me, uint64_t word);
bool me_immed(struct me *me, uint64_t word);
bool me_mul_step(struct me *me, uint64_t word);
bool me_br(struct me *me, uint64_t word);
bool me_br_bit(struct me *me, uint64_t word);
bool me_rtn(struct me *me, uint64_t word);
bool me_local_csr(struct me *me, uint64_t word);
bool me_mem(struct me *me, uint64_t word);

enum me_command_kind {
	ME_READ,
	ME_WRITE,
	ME_ADD,
	ME_ADD_IMM,
};

struct me_command_row {
	const char *name;
	uint32_t target;
	uint32_t token;
	enum me_command_kind kind;
	uint32_t unit; /* bytes that the length counts in */
	bool big;      /* first byte highest */
};

const char *me_command_name(uint64_t word);
bool me_perform(struct me *me, const struct me_command *cmd);

/* Name of a class for a report; "word" if there is none. */
const char *me_class_name(uint64_t word);

/* After each instruction: commands and branches whose slots are used up. */
bool me_mem_tick(struct me *me);
void me_jump_tick(struct me *me);

#endif
