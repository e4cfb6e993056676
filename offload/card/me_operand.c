/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Operands: how the 10 bits of an unrestricted one and the 8 bits of a
 * restricted one are laid out (nfp_asm.h, UR_REG_* and RE_REG_*), and reading
 * and writing what they stand for. Transfer registers are two sets: a source is
 * what memory sent, a destination what is to be sent.
 */
#include "card/me.h"
#include "card/me_insn.h"

#define UR_XFER	     0x180
#define UR_LMEM	     0x200
#define UR_IMM	     0x300 /* as a destination: none */
#define UR_POST_MOD  0x010
#define UR_DECREMENT 0x001

#define RE_IMM	0x20 /* as a destination: none */
#define RE_LMEM 0x50
#define RE_XFER 0x80

static struct me_operand operand(enum me_kind kind, uint32_t n)
{
	return (struct me_operand){ .kind = kind, .n = n };
}

static struct me_operand unrestricted_lmem(uint32_t field, bool ext)
{
	struct me_operand op = operand(ME_OPERAND_LMEM, field & 0xf);

	op.which = me_bits(field, 5, 1) + (ext ? 2 : 0);
	if (!(field & UR_POST_MOD))
		return op;
	if (op.n & ~UR_DECREMENT)
		return operand(ME_OPERAND_UNKNOWN, field);
	op.step = op.n ? -4 : 4;
	op.n = 0;
	return op;
}

struct me_operand me_unrestricted(uint32_t field, enum me_kind bank, bool ext)
{
	if (field < ME_REGISTERS)
		return operand(bank, field);
	if ((field & UR_IMM) == UR_IMM)
		return operand(ME_OPERAND_IMM, field & 0xff);
	if (field - UR_XFER < ME_REGISTERS)
		return operand(ME_OPERAND_XFER, field - UR_XFER);
	if ((field & ~0x3fu) == UR_LMEM)
		return unrestricted_lmem(field, ext);
	return operand(ME_OPERAND_UNKNOWN, field);
}

static struct me_operand restricted_imm(uint32_t field, bool imm8)
{
	uint32_t v = (field & 0x1f) | (field & 0xc0) >> 1;

	return operand(ME_OPERAND_IMM, v | (imm8 ? 0x80 : 0));
}

struct me_operand me_restricted(uint32_t field, enum me_kind bank, bool ext,
				bool imm8)
{
	struct me_operand op;

	if (field < ME_REGISTERS)
		return operand(bank, field);
	if (field & RE_IMM)
		return restricted_imm(field, imm8);
	if (field - RE_XFER < ME_REGISTERS)
		return operand(ME_OPERAND_XFER, field - RE_XFER);
	if ((field & 0xf0) != RE_LMEM)
		return operand(ME_OPERAND_UNKNOWN, field);
	op = operand(ME_OPERAND_LMEM, field & 7);
	op.which = me_bits(field, 3, 1) + (ext ? 2 : 0);
	return op;
}

/* What is written to both banks is a register, and an immediate is nothing. */
static struct me_operand destination(struct me_operand op, uint32_t field,
				     uint32_t none, enum me_kind bank)
{
	if (field == none)
		return operand(ME_OPERAND_NONE, 0);
	if (op.kind == ME_OPERAND_IMM)
		return operand(ME_OPERAND_UNKNOWN, field);
	if (bank == ME_OPERAND_AB && op.kind != ME_OPERAND_AB)
		return operand(ME_OPERAND_UNKNOWN, field);
	return op;
}

struct me_operand me_unrestricted_dst(uint32_t field, enum me_kind bank,
				      bool ext)
{
	return destination(me_unrestricted(field, bank, ext), field, UR_IMM,
			   bank);
}

struct me_operand me_restricted_dst(uint32_t field, enum me_kind bank, bool ext)
{
	return destination(me_restricted(field, bank, ext, false), field,
			   RE_IMM, bank);
}

static struct me_sources sources(struct me_operand a, struct me_operand b,
				 bool swap)
{
	if (swap)
		return (struct me_sources){ .left = b, .right = a };
	return (struct me_sources){ .left = a, .right = b };
}

struct me_sources me_unrestricted_sources(uint64_t word, bool swap)
{
	bool ext = me_src_ext(word);

	return sources(me_unrestricted(me_bits(word, 0, 10), ME_OPERAND_A, ext),
		       me_unrestricted(me_bits(word, 10, 10), ME_OPERAND_B,
				       ext),
		       swap);
}

struct me_sources me_restricted_sources(uint64_t word)
{
	bool ext = me_src_ext(word), imm8 = me_bits(word, 18, 1);

	return sources(
		me_restricted(me_bits(word, 0, 8), ME_OPERAND_A, ext, imm8),
		me_restricted(me_bits(word, 10, 8), ME_OPERAND_B, ext, imm8),
		me_bits(word, 19, 1));
}

const struct me_operand *me_the_register(const struct me_sources *src)
{
	return src->left.kind == ME_OPERAND_IMM ? &src->right : &src->left;
}

static void move_pointer(struct me *me, const struct me_operand *op)
{
	me->lm[op->which].addr += op->step;
}

static bool carry_lmem(struct me *me, const struct me_operand *op,
		       struct me_value *val)
{
	const struct me_value *word = me_lmem_word(me, op);

	if (!word)
		return false;
	*val = *word;
	move_pointer(me, op);
	return true;
}

bool me_carry(struct me *me, const struct me_operand *op, struct me_value *val)
{
	switch (op->kind) {
	case ME_OPERAND_A:
	case ME_OPERAND_B:
		*val = me->gpr[op->kind == ME_OPERAND_B][op->n];
		return true;
	case ME_OPERAND_XFER:
		*val = me->xfer_in[op->n];
		return true;
	case ME_OPERAND_IMM:
		*val = me_known(op->n);
		return true;
	case ME_OPERAND_LMEM:
		return carry_lmem(me, op, val);
	default:
		return me_refuse(me, ME_UNKNOWN, "no such source", ME_FIELD,
				 op->n);
	}
}

/* Where an unknown value came from. A pointer that moves already has. */
static bool refuse_value(struct me *me, const struct me_operand *op)
{
	static const char why[] = "use of what was never written";
	uint32_t addr = me->lm[op->which].addr - op->step;

	switch (op->kind) {
	case ME_OPERAND_A:
		return me_refuse(me, ME_UNDEFINED, why, ME_REGISTER_A, op->n);
	case ME_OPERAND_B:
		return me_refuse(me, ME_UNDEFINED, why, ME_REGISTER_B, op->n);
	case ME_OPERAND_XFER:
		return me_refuse(me, ME_UNDEFINED, why, ME_XFER_IN, op->n);
	default:
		return me_refuse(me, ME_UNDEFINED, why, ME_BYTE,
				 4 * (addr / 4 | op->n));
	}
}

bool me_read_bytes(struct me *me, const struct me_operand *op, uint32_t bytes,
		   uint32_t *v)
{
	struct me_value val;

	if (!me_carry(me, op, &val))
		return false;
	if (bytes & ~val.known)
		return refuse_value(me, op);
	*v = val.v;
	return true;
}

bool me_read(struct me *me, const struct me_operand *op, uint32_t *v)
{
	return me_read_bytes(me, op, ME_ALL_BYTES, v);
}

static bool write_lmem(struct me *me, const struct me_operand *op,
		       struct me_value val)
{
	struct me_value *word = me_lmem_word(me, op);

	if (!word)
		return false;
	*word = val;
	move_pointer(me, op);
	return true;
}

static void write_gpr(struct me *me, const struct me_operand *op,
		      struct me_value val)
{
	if (op->kind != ME_OPERAND_B)
		me->gpr[0][op->n] = val;
	if (op->kind != ME_OPERAND_A)
		me->gpr[1][op->n] = val;
}

bool me_write(struct me *me, const struct me_operand *op, struct me_value val)
{
	switch (op->kind) {
	case ME_OPERAND_NONE:
		return true;
	case ME_OPERAND_A:
	case ME_OPERAND_B:
	case ME_OPERAND_AB:
		write_gpr(me, op, val);
		return true;
	case ME_OPERAND_XFER:
		me->xfer_out[op->n] = val;
		return true;
	case ME_OPERAND_LMEM:
		return write_lmem(me, op, val);
	default:
		return me_refuse(me, ME_UNKNOWN, "no such destination",
				 ME_FIELD, op->n);
	}
}
