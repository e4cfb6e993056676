/* SPDX-License-Identifier: GPL-2.0-only */
/* Fetching, telling classes apart, and the way in and out of an image. */
#include <string.h>

#include "card/me.h"
#include "card/me_insn.h"

/* Every bit that a class does not use has the value that the driver gives it,
 * or the instruction is not one of this class. The most frequent come first.
 */
static const struct class
{
	const char *name;
	uint64_t mask;
	uint64_t value;
	bool (*exec)(struct me *me, uint64_t word);
} classes[] = {
	{ "alu", 0x11e000000000, 0x0a000000000, me_alu },
	{ "immed", 0x11f910000000, 0x0f000000000, me_immed },
	{ "ld_field", 0x11fe00e00000, 0x0c000000000, me_ld_field },
	{ "alu_shf", 0x11e000000000, 0x08000000000, me_alu_shf },
	{ "br", 0x1ef8000c3ce0, 0x0d800000020, me_br },
	{ "br_bit", 0x1af800080300, 0x0d000000000, me_br_bit },
	{ "mem", 0x018000000000, 0, me_mem },
	{ "local_csr", 0x13fe00100000, 0x0fc00000000, me_local_csr },
	{ "mul_step", 0x11fe3f000000, 0x0f800000000, me_mul_step },
	{ "rtn", 0x13ff80000000, 0x0e800000000, me_rtn },
};

static const struct class *class_of(uint64_t word)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if ((word & classes[i].mask) == classes[i].value)
			return &classes[i];
	return NULL;
}

const char *me_class_name(uint64_t word)
{
	const struct class *class = class_of(word);

	if (!class)
		return "word";
	return class->exec == me_mem ? me_command_name(word) : class->name;
}

static bool in_image(const struct me *me, uint32_t pc)
{
	return pc - me->image.start < me->image.len;
}

static uint64_t word_at(const struct me *me, uint32_t pc)
{
	if (!in_image(me, pc))
		return 0;
	return me->image.code[pc - me->image.start] & ME_INSN_MASK;
}

void me_report(struct me *me, enum me_stop stop, const char *reason,
	       enum me_what what, uint64_t number)
{
	me->report = (struct me_report){
		.stop = stop,
		.reason = reason,
		.at = me->at,
		.word = word_at(me, me->at),
		.what = what,
		.number = number,
	};
}

static bool execute(struct me *me, uint64_t word)
{
	const struct class *class = class_of(word);

	if (!class)
		return me_refuse(me, ME_UNKNOWN, "no such instruction",
				 ME_NOTHING, 0);
	if (me->before.random && class->exec != me_immed)
		return me_refuse(me, ME_UNDEFINED,
				 "a CSR that was read and not taken",
				 ME_NOTHING, 0);
	return class->exec(me, word);
}

static bool step(struct me *me)
{
	uint64_t word = word_at(me, me->pc);

	if (me->image.seen)
		me->image.seen[me->pc - me->image.start] = 1;
	me->at = me->pc++;
	me->steps++;
	me->cycle++;
	me->before = me->now;
	me->now = (struct me_trail){ .random = false };
	if (!execute(me, word) || !me_mem_tick(me))
		return false;
	me_jump_tick(me);
	return true;
}

/* Out of the image: in a defer slot, over its end, or into the firmware. */
static bool leave(struct me *me)
{
	uint32_t pc = me->pc;
	bool known = true;
	const char *no;

	if (me->jump.slots || me->waiting.slots)
		return me_refuse(me, ME_UNDEFINED,
				 "defer slots run off the image", ME_TARGET,
				 pc);
	no = me->ops->call(me->priv, me, pc, &known);
	if (!known)
		return me_refuse(me, ME_LOST, "no code there", ME_TARGET, pc);
	if (no)
		return me_refuse(me, ME_FAULT, no, ME_TARGET, pc);
	me->calls++;
	return true;
}

void me_reset(struct me *me, const struct me_image *image,
	      const struct me_ops *ops, void *priv)
{
	memset(me, 0, sizeof(*me));
	me->image = *image;
	me->ops = ops;
	me->priv = priv;
}

/* Nothing is left of an earlier run but values. */
static void enter(struct me *me)
{
	me->pc = me->image.start;
	me->at = me->pc;
	me->jump.slots = 0;
	me->waiting.slots = 0;
	me->now = (struct me_trail){ .random = false };
	me->report.stop = ME_DONE;
}

enum me_stop me_run(struct me *me, uint64_t max_steps)
{
	enter(me);
	while (me->pc != me->image.done || me->jump.slots) {
		bool on;

		if (me->steps + me->calls >= max_steps)
			on = me_refuse(me, ME_ENDLESS, "step limit", ME_COUNT,
				       max_steps);
		else
			on = in_image(me, me->pc) ? step(me) : leave(me);
		if (!on)
			return me->report.stop;
	}
	return ME_DONE;
}
