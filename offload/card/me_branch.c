/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Branches. The instructions in a branch's defer slots are executed before it
 * takes place, whether it is taken or not.
 */
#include "card/me.h"
#include "card/me_insn.h"

/* Instructions already in the pipeline that a taken branch throws away, unless
 * they are defer slots: two, and three if there is something to decide (jit.c
 * emit_br_relo(), nfp_push_callee_registers(); bpf_to_bpf_call() counts on the
 * cycles that they take).
 */
#define SLOTS_UNCONDITIONAL 2
#define SLOTS_CONDITIONAL   3

#define UNCONDITIONAL  0x18
#define PIPE_CONDITION 1 /* OP_BR_EV_PIP of all but the unconditional branch */
#define CONTEXT_NONE   2 /* OP_BR_CSS, always */

static bool jump(struct me *me, uint64_t word, bool taken, uint32_t target,
		 uint32_t slots)
{
	uint32_t defer = me_bits(word, 20, 2);

	if (me->jump.slots || me->waiting.slots)
		return me_refuse(me, ME_UNDEFINED, "a branch in a defer slot",
				 ME_TARGET, target);
	if (defer > slots)
		return me_refuse(me, ME_UNDEFINED,
				 "more defer slots than this branch has",
				 ME_COUNT, defer);
	me->jump.slots = defer + 1;
	me->jump.target = taken ? target : me->pc + defer;
	me->jump.bubbles = taken ? slots - defer : 0;
	me->jump.at = me->at;
	return true;
}

void me_jump_tick(struct me *me)
{
	if (!me->jump.slots || --me->jump.slots)
		return;
	me->cycle += me->jump.bubbles;
	me->pc = me->jump.target;
	me->at = me->jump.at;
}

static uint32_t target_of(uint64_t word)
{
	return me_bits(word, 40, 1) << 13 | me_bits(word, 22, 13);
}

/* Conditions come in pairs: the flag set (bit 0 clear), and not set; the last
 * pair is the comparison of signed numbers.
 */
static const uint32_t flags_of[] = { ME_Z, ME_N, ME_C, ME_V, ME_N | ME_V };

#define CONDITIONS 10

static bool holds(const struct me *me, uint32_t condition)
{
	uint32_t flags = me->flags & flags_of[condition / 2];
	bool odd = condition % 2;

	if (flags_of[condition / 2] == (ME_N | ME_V))
		return (!(flags & ME_N) == !(flags & ME_V)) != odd;
	return !!flags != odd;
}

static bool decide(struct me *me, uint32_t condition, bool *taken)
{
	if (condition == UNCONDITIONAL) {
		*taken = true;
		return true;
	}
	if (condition >= CONDITIONS)
		return me_refuse(me, ME_UNKNOWN, "no such branch condition",
				 ME_OPERATION, condition);
	if (flags_of[condition / 2] & ~me->flags_known)
		return me_refuse(me, ME_UNDEFINED,
				 "a branch on a flag that nothing has set",
				 ME_OPERATION, condition);
	*taken = holds(me, condition);
	return true;
}

bool me_br(struct me *me, uint64_t word)
{
	uint32_t condition = me_bits(word, 0, 5);
	uint32_t pipe = condition == UNCONDITIONAL ? 0 : PIPE_CONDITION;
	bool taken;

	if (me_bits(word, 8, 2) != pipe || me_bits(word, 14, 4) != CONTEXT_NONE)
		return me_refuse(me, ME_UNKNOWN, "no such form of br",
				 ME_OPERATION, condition);
	if (!decide(me, condition, &taken))
		return false;
	return jump(me, word, taken, target_of(word),
		    pipe ? SLOTS_CONDITIONAL : SLOTS_UNCONDITIONAL);
}

/* The immediate is how far to rotate right for the bit to become the highest
 * (jit.c emit_br_bit_relo()): 1 for bit 0, 32 for bit 31.
 */
bool me_br_bit(struct me *me, uint64_t word)
{
	bool ext = me_src_ext(word);
	struct me_sources src = {
		me_restricted(me_bits(word, 0, 8), ME_OPERAND_A, ext, false),
		me_restricted(me_bits(word, 10, 8), ME_OPERAND_B, ext, false),
	};
	const struct me_operand *reg = me_the_register(&src);
	const struct me_operand *bit =
		reg == &src.left ? &src.right : &src.left;
	uint32_t v;

	if (bit->kind != ME_OPERAND_IMM || bit->n < 1 || bit->n > 32)
		return me_refuse(me, ME_UNKNOWN, "no such bit", ME_FIELD,
				 bit->n);
	if (!me_read(me, reg, &v))
		return false;
	return jump(me, word, (v >> (bit->n - 1) & 1) == me_bits(word, 18, 1),
		    target_of(word), SLOTS_CONDITIONAL);
}

bool me_rtn(struct me *me, uint64_t word)
{
	struct me_sources src = me_unrestricted_sources(word, false);
	const struct me_operand *reg = me_the_register(&src);
	const struct me_operand *imm =
		reg == &src.left ? &src.right : &src.left;
	uint32_t target;

	if (imm->kind != ME_OPERAND_IMM || imm->n || me_bits(word, 22, 9))
		return me_refuse(me, ME_UNKNOWN, "no such form of rtn",
				 ME_FIELD, imm->n);
	if (!me_read(me, reg, &target))
		return false;
	return jump(me, word, true, target, SLOTS_CONDITIONAL);
}
