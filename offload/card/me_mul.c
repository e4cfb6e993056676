/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * mul_step: a product takes a start, one step for each 8 bits of the right
 * source, and one instruction for each half of the result. Steps are accepted
 * in the order in which the driver generates them, with the same sources
 * (jit.c wrp_mul_u32(), wrp_mul_u16()).
 */
#include "card/me.h"
#include "card/me_insn.h"

enum mul_type {
	MUL_START,
	MUL_24X8,
	MUL_16X16,
	MUL_32X32
};

#define MUL_LAST      4 /* the low word of the product, */
#define MUL_LAST_HIGH 5 /* and the high one */

static const uint32_t steps_of[] = { [MUL_16X16] = 2, [MUL_32X32] = 4 };

static bool operands(struct me *me, uint64_t word, uint32_t *a, uint32_t *b)
{
	struct me_sources src =
		me_unrestricted_sources(word, me_bits(word, 30, 1));

	if (me_one_port(&src))
		return me_refuse_conflict(me);
	return me_read(me, &src.left, a) && me_read(me, &src.right, b);
}

/* The type is known with the first step; until then it is MUL_START. */
#define MUL_STARTED 4

static bool start(struct me *me, uint64_t word, uint32_t step)
{
	if (step)
		return me_refuse(me, ME_UNKNOWN, "no such form of mul_step",
				 ME_OPERATION, step);
	me->mul.type = MUL_STARTED;
	me->mul.steps = 0;
	return operands(me, word, &me->mul.a, &me->mul.b);
}

static bool in_order(const struct me *me, enum mul_type type, uint32_t step)
{
	if (me->mul.steps != step)
		return false;
	return me->mul.type == (step ? (uint32_t)type : MUL_STARTED);
}

static bool multiply(struct me *me, uint64_t word, enum mul_type type,
		     uint32_t step)
{
	uint32_t a, b;

	if (!in_order(me, type, step) || step >= steps_of[type])
		return me_refuse(me, ME_UNDEFINED,
				 "a multiplication out of order", ME_OPERATION,
				 step);
	if (!operands(me, word, &a, &b))
		return false;
	if (a != me->mul.a || b != me->mul.b)
		return me_refuse(me, ME_UNDEFINED,
				 "a multiplication of changing operands",
				 ME_NOTHING, 0);
	if (type == MUL_16X16 && (a | b) >> 16)
		return me_refuse(me, ME_UNDEFINED,
				 "a 16-bit multiplication of a wider operand",
				 ME_VALUE, a >> 16 ? a : b);
	me->mul.type = type;
	me->mul.steps++;
	return true;
}

/* Here the field of source A is the destination (jit.c emit_mul()). */
static bool result(struct me *me, uint64_t word, enum mul_type type, bool high)
{
	struct me_operand dst =
		me_unrestricted_dst(me_bits(word, 0, 10),
				    me_dst_bank(word, me_bits(word, 23, 1)),
				    me_dst_ext(word));
	uint64_t product = (uint64_t)me->mul.a * me->mul.b;

	if (me->mul.type != type || me->mul.steps != steps_of[type])
		return me_refuse(me, ME_UNDEFINED,
				 "the result of an unfinished multiplication",
				 ME_NOTHING, 0);
	if (high && type == MUL_16X16)
		return me_refuse(me, ME_UNKNOWN, "no such form of mul_step",
				 ME_OPERATION, MUL_LAST_HIGH);
	return me_write(me, &dst, me_known(high ? product >> 32 : product));
}

bool me_mul_step(struct me *me, uint64_t word)
{
	uint32_t step = me_bits(word, 20, 3);
	enum mul_type type = me_bits(word, 31, 2);

	me->flags_known = 0;
	if (type == MUL_24X8 || step > MUL_LAST_HIGH)
		return me_refuse(me, ME_UNKNOWN, "no such form of mul_step",
				 ME_OPERATION, type);
	if (type == MUL_START)
		return start(me, word, step);
	if (step >= MUL_LAST)
		return result(me, word, type, step == MUL_LAST_HIGH);
	return multiply(me, word, type, step);
}
