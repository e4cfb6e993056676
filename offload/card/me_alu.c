/* SPDX-License-Identifier: GPL-2.0-only */
/* alu and immed, and the flags. */
#include "card/me.h"
#include "card/me_insn.h"

enum alu_kind {
	NO_OP,
	MOVE, /* of the right source, */
	NOT,  /* and its complement; the left one is not read */
	AND,
	AND_NOT_LEFT,
	AND_NOT_RIGHT,
	OR,
	XOR,
	SUM,
};

enum alu_carry {
	CARRY_0,
	CARRY_1,
	CARRY_FLAG
};

/* A difference is a sum with the complement: its C means "no borrow", as the
 * driver's use of BHS and BLO after it shows.
 */
static const struct alu_op {
	enum alu_kind kind;
	enum alu_carry carry;
	bool complement;
	bool low_half; /* of the right source */
} ops[32] = {
	[0x00] = { .kind = MOVE },
	[0x01] = { .kind = SUM },
	[0x04] = { .kind = NOT },
	[0x05] = { .kind = SUM, .low_half = true },
	[0x08] = { .kind = AND },
	[0x0c] = { .kind = AND_NOT_LEFT },
	[0x0d] = { .kind = SUM, .carry = CARRY_FLAG, .complement = true },
	[0x10] = { .kind = AND_NOT_RIGHT },
	[0x11] = { .kind = SUM, .carry = CARRY_FLAG },
	[0x14] = { .kind = OR },
	[0x15] = { .kind = SUM, .carry = CARRY_1, .complement = true },
	[0x18] = { .kind = XOR },
};

void me_set_nz(struct me *me, uint32_t result)
{
	me->flags = (result ? 0 : ME_Z) | (result >> 31 ? ME_N : 0);
	me->flags_known = ME_N | ME_Z;
}

static bool carry_in(struct me *me, const struct alu_op *op, uint32_t *carry)
{
	if (op->carry == CARRY_FLAG && !(me->flags_known & ME_C))
		return me_refuse(me, ME_UNDEFINED,
				 "use of a carry that nothing has set",
				 ME_NOTHING, 0);
	*carry = op->carry == CARRY_FLAG ? !!(me->flags & ME_C)
					 : op->carry == CARRY_1;
	return true;
}

static bool sum(struct me *me, const struct alu_op *op, uint32_t left,
		uint32_t right, uint32_t *result)
{
	uint32_t carry;
	uint64_t wide;

	if (!carry_in(me, op, &carry))
		return false;
	if (op->low_half)
		right &= 0xffff;
	if (op->complement)
		right = ~right;
	wide = (uint64_t)left + right + carry;
	*result = wide;
	me_set_nz(me, *result);
	me->flags |= wide >> 32 ? ME_C : 0;
	me->flags |= (~(left ^ right) & (left ^ *result)) >> 31 ? ME_V : 0;
	me->flags_known |= ME_C | ME_V;
	return true;
}

static uint32_t logic(enum alu_kind kind, uint32_t left, uint32_t right)
{
	switch (kind) {
	case NOT:
		return ~right;
	case AND:
		return left & right;
	case AND_NOT_LEFT:
		return ~left & right;
	case AND_NOT_RIGHT:
		return left & ~right;
	case OR:
		return left | right;
	default:
		return left ^ right;
	}
}

static bool compute(struct me *me, const struct alu_op *op,
		    const struct me_sources *src, uint32_t *result)
{
	uint32_t left = 0, right;

	if (op->kind != NOT && !me_read(me, &src->left, &left))
		return false;
	if (!me_read(me, &src->right, &right))
		return false;
	if (op->kind != NOT)
		me->now.left = me_known(left);
	if (op->kind == SUM)
		return sum(me, op, left, right, result);
	*result = logic(op->kind, left, right);
	me_set_nz(me, *result);
	return true;
}

/* Unknown bytes go along, and then no flag is known. */
static bool move(struct me *me, const struct me_sources *src,
		 struct me_value *val)
{
	if (!me_carry(me, &src->right, val))
		return false;
	me_set_nz(me, val->v);
	if (!me_is_known(val))
		me->flags_known = 0;
	return true;
}

/* Which of two moves of a pointer comes first, the driver never asks either. */
static bool conflict(const struct alu_op *op, const struct me_sources *src,
		     const struct me_operand *dst)
{
	const struct me_operand *r = &src->right, *l = &src->left;

	if (r->kind == ME_OPERAND_LMEM && dst->kind == ME_OPERAND_LMEM &&
	    r->which == dst->which && (r->step || dst->step))
		return true;
	if (op->kind == MOVE || op->kind == NOT)
		return false;
	if (l->kind == ME_OPERAND_LMEM && dst->kind == ME_OPERAND_LMEM &&
	    l->which == dst->which && (l->step || dst->step))
		return true;
	return me_one_port(src);
}

bool me_alu(struct me *me, uint64_t word)
{
	const struct alu_op *op = &ops[me_bits(word, 31, 5)];
	struct me_sources src =
		me_unrestricted_sources(word, me_bits(word, 30, 1));
	enum me_kind bank = me_dst_bank(word, me_bits(word, 36, 1));
	struct me_operand dst = me_unrestricted_dst(me_bits(word, 20, 10), bank,
						    me_dst_ext(word));
	struct me_value val = me_known(0);

	if (op->kind == NO_OP)
		return me_refuse(me, ME_UNKNOWN, "no such alu operation",
				 ME_OPERATION, me_bits(word, 31, 5));
	if (conflict(op, &src, &dst))
		return me_refuse_conflict(me);
	if (op->kind == MOVE ? !move(me, &src, &val)
			     : !compute(me, op, &src, &val.v))
		return false;
	me->now.result = val;
	return me_write(me, &dst, val);
}

enum immed_width {
	WIDTH_ALL = 0,
	WIDTH_HALF = 2
};

#define SHIFT_HALF 2 /* in bytes */

static uint32_t immed_value(uint64_t word, uint32_t low)
{
	uint32_t v = me_bits(word, 20, 8) << 8 | low;

	v <<= 8 * me_bits(word, 33, 2);
	return me_bits(word, 31, 1) ? ~v : v;
}

/* immed_w0 and immed_w1: the other half of the register stays. */
static bool keep_half(struct me *me, const struct me_operand *old,
		      uint64_t word, struct me_value *val)
{
	uint32_t shift = me_bits(word, 33, 2);
	bool high = shift == SHIFT_HALF;
	uint32_t mask = high ? 0xffff0000 : 0xffff, bytes = high ? 0xc : 0x3;
	struct me_value before;

	if ((shift && !high) || me_bits(word, 31, 1) ||
	    old->kind == ME_OPERAND_XFER || old->kind == ME_OPERAND_IMM)
		return me_refuse(me, ME_UNKNOWN, "no such form of immed",
				 ME_FIELD, old->n);
	if (!me_carry(me, old, &before))
		return false;
	val->v = (before.v & ~mask) | (val->v & mask);
	val->known = before.known | bytes;
	return true;
}

/* "immed[reg, 0]" takes what local_csr_rd has read (jit.c __emit_csr_rd()). */
static bool take_random(struct me *me, uint64_t word, struct me_value *val)
{
	if (val->v || me_bits(word, 29, 2) != WIDTH_ALL)
		return me_refuse(me, ME_UNDEFINED,
				 "a CSR is taken by immed of 0 only",
				 ME_NOTHING, 0);
	*val = me_known(me->ops->random(me->priv));
	return true;
}

bool me_immed(struct me *me, uint64_t word)
{
	struct me_sources src = me_unrestricted_sources(word, false);
	bool in_b = src.left.kind == ME_OPERAND_IMM &&
		    src.right.kind != ME_OPERAND_IMM;
	const struct me_operand *imm = in_b ? &src.left : &src.right;
	uint32_t field = in_b ? me_bits(word, 10, 10) : me_bits(word, 0, 10);
	struct me_operand dst = me_unrestricted_dst(
		field, me_dst_bank(word, in_b), me_dst_ext(word));
	uint32_t width = me_bits(word, 29, 2);
	struct me_value val = me_known(immed_value(word, imm->n));

	if (imm->kind != ME_OPERAND_IMM || me_bits(word, 33, 2) > SHIFT_HALF ||
	    (width != WIDTH_ALL && width != WIDTH_HALF))
		return me_refuse(me, ME_UNKNOWN, "no such form of immed",
				 ME_FIELD, imm->n);
	if (width == WIDTH_HALF &&
	    !keep_half(me, in_b ? &src.right : &src.left, word, &val))
		return false;
	if (me->before.random && !take_random(me, word, &val))
		return false;
	me->now.result = val;
	return me_write(me, &dst, val);
}
