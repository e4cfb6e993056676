/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * alu_shf and ld_field. Both move the right source first: alu_shf then combines
 * it with the left one, ld_field puts chosen bytes of it into the left one.
 */
#include "card/me.h"
#include "card/me_insn.h"

enum shf_op {
	SHF_MOVE = 0,
	SHF_AND = 2,
	SHF_OR = 5,
	SHF_ARITHMETIC = 6, /* fills with the sign of the previous result */
};

/* A left shift's field is 32 minus its distance (jit.c __emit_shf()). */
static uint32_t distance(enum me_shift shift, uint32_t field)
{
	return shift == ME_SHIFT_LEFT ? 32 - field : field;
}

/* @n is 0..31. */
static uint32_t moved(enum me_shift shift, uint32_t n, uint32_t v)
{
	switch (shift) {
	case ME_ROTATE:
		return n ? v >> n | v << (32 - n) : v;
	case ME_SHIFT_LEFT:
		return v << n;
	default:
		return v >> n;
	}
}

/* The bytes of which not all is shifted out. */
static uint32_t bytes_left(enum me_shift shift, uint32_t n)
{
	uint32_t bytes = 0;

	for (int i = 0; i < 4; i++)
		bytes |= moved(shift, n, 0xffu << 8 * i) ? 1u << i : 0;
	return bytes;
}

/* A field of 0 means: as far as the low five bits of the left source of the
 * previous instruction say (jit.c shl_reg64() and its neighbours). What a
 * distance of 32 does to a double shift is told nowhere; 0 moves nothing, as
 * the driver shifts right by a register that may hold 0.
 */
static bool indirect_distance(struct me *me, enum me_shift shift, uint32_t *n)
{
	const struct me_value *left = &me->before.left;

	if (!me_is_known(left))
		return me_refuse(me, ME_UNDEFINED,
				 "a shift by what the previous instruction did "
				 "not leave",
				 ME_NOTHING, 0);
	*n = left->v & 0x1f;
	if (shift == ME_SHIFT_DOUBLE && left->v && !*n)
		return me_refuse(me, ME_UNDEFINED,
				 "a double shift by a multiple of 32", ME_COUNT,
				 left->v);
	return true;
}

static bool find_distance(struct me *me, uint64_t word, uint32_t *n)
{
	enum me_shift shift = me_bits(word, 8, 2);
	uint32_t field = me_bits(word, 28, 5);

	if (field || shift == ME_ROTATE) {
		*n = distance(shift, field);
		return true;
	}
	return indirect_distance(me, shift, n);
}

static bool arithmetic(struct me *me, enum me_shift shift, uint32_t n,
		       uint32_t right, uint32_t *result)
{
	if (shift != ME_SHIFT_RIGHT)
		return me_refuse(me, ME_UNKNOWN,
				 "an arithmetic shift that is not to the right",
				 ME_OPERATION, shift);
	if (!me_is_known(&me->before.result))
		return me_refuse(me, ME_UNDEFINED,
				 "a sign that the previous instruction did not "
				 "leave",
				 ME_NOTHING, 0);
	*result = right >> n;
	if (n && me->before.result.v >> 31)
		*result |= ~0u << (32 - n);
	return true;
}

static bool double_shift(struct me *me, const struct me_operand *op, uint32_t n,
			 uint32_t right, uint32_t *result)
{
	uint32_t left;

	if (!me_read(me, op, &left))
		return false;
	*result = n ? right >> n | left << (32 - n) : right;
	return true;
}

static bool combine(struct me *me, const struct me_operand *op, bool and,
		    uint32_t shifted, uint32_t *result)
{
	uint32_t left;

	if (!me_read(me, op, &left))
		return false;
	*result = and? left & shifted : left | shifted;
	return true;
}

static bool takes_left(enum shf_op op, enum me_shift shift)
{
	return op == SHF_AND || op == SHF_OR ||
	       (op == SHF_MOVE && shift == ME_SHIFT_DOUBLE);
}

static bool shf(struct me *me, uint64_t word, const struct me_sources *src,
		uint32_t *result)
{
	enum me_shift shift = me_bits(word, 8, 2);
	enum shf_op op = me_bits(word, 33, 3);
	uint32_t n, right;

	if (takes_left(op, shift) && me_one_port(src))
		return me_refuse_conflict(me);
	if (!find_distance(me, word, &n) ||
	    !me_read_bytes(me, &src->right, bytes_left(shift, n), &right))
		return false;
	if (op == SHF_ARITHMETIC)
		return arithmetic(me, shift, n, right, result);
	if (op == SHF_MOVE && shift == ME_SHIFT_DOUBLE)
		return double_shift(me, &src->left, n, right, result);
	right = moved(shift, n, right);
	*result = right;
	if (op == SHF_MOVE)
		return true;
	if ((op == SHF_AND || op == SHF_OR) && shift != ME_SHIFT_DOUBLE)
		return combine(me, &src->left, op == SHF_AND, right, result);
	return me_refuse(me, ME_UNKNOWN, "no such alu_shf operation",
			 ME_OPERATION, op);
}

bool me_alu_shf(struct me *me, uint64_t word)
{
	struct me_sources src = me_restricted_sources(word);
	enum me_kind bank = me_dst_bank(word, me_bits(word, 36, 1));
	struct me_operand dst =
		me_restricted_dst(me_bits(word, 20, 8), bank, me_dst_ext(word));
	uint32_t result;

	if (!shf(me, word, &src, &result))
		return false;
	me_set_nz(me, result);
	me->now.result = me_known(result);
	return me_write(me, &dst, me->now.result);
}

static uint32_t byte_mask(uint32_t bytes)
{
	uint32_t mask = 0;

	for (int i = 0; i < 4; i++)
		mask |= bytes & 1u << i ? 0xffu << 8 * i : 0;
	return mask;
}

/* A byte is known when none of its bits comes from an unknown one. */
static struct me_value moved_value(enum me_shift shift, uint32_t n,
				   struct me_value val)
{
	uint32_t unknown = moved(shift, n, ~byte_mask(val.known));
	struct me_value out = { moved(shift, n, val.v), 0 };

	for (int i = 0; i < 4; i++)
		out.known |= unknown & 0xffu << 8 * i ? 0 : 1u << i;
	return out;
}

/* The operand that ld_field changes is the left source; as a destination it
 * has its own local memory bit.
 */
static struct me_operand ld_field_dst(uint64_t word)
{
	bool in_b = me_bits(word, 19, 1);

	return me_restricted_dst(in_b ? me_bits(word, 10, 8)
				      : me_bits(word, 0, 8),
				 me_dst_bank(word, in_b), me_dst_ext(word));
}

static bool ld_field_old(struct me *me, const struct me_sources *src,
			 uint64_t word, struct me_value *old)
{
	const struct me_operand *op = &src->left;

	*old = me_known(0);
	if (me_bits(word, 20, 1) || me_bits(word, 24, 4) == ME_ALL_BYTES)
		return true;
	if (op->kind == ME_OPERAND_XFER || op->kind == ME_OPERAND_IMM)
		return me_refuse(me, ME_UNKNOWN, "no such form of ld_field",
				 ME_FIELD, op->n);
	if (me_one_port(src))
		return me_refuse_conflict(me);
	return me_carry(me, op, old);
}

bool me_ld_field(struct me *me, uint64_t word)
{
	struct me_sources src = me_restricted_sources(word);
	struct me_operand dst = ld_field_dst(word);
	enum me_shift shift = me_bits(word, 8, 2);
	uint32_t field = me_bits(word, 28, 5), bytes = me_bits(word, 24, 4);
	uint32_t mask = byte_mask(bytes);
	struct me_value val, old;

	if (shift == ME_SHIFT_DOUBLE || (shift != ME_ROTATE && !field))
		return me_refuse(me, ME_UNKNOWN, "no such form of ld_field",
				 ME_OPERATION, shift);
	if (!ld_field_old(me, &src, word, &old) ||
	    !me_carry(me, &src.right, &val))
		return false;
	val = moved_value(shift, distance(shift, field), val);
	val.v = (old.v & ~mask) | (val.v & mask);
	val.known = (old.known & ~bytes) | (val.known & bytes);
	me->flags_known = 0;
	me->now.result = val;
	return me_write(me, &dst, val);
}
