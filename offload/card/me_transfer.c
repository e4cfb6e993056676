/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The data of memory commands. It is moved when a command is issued, or after
 * its one or two defer slots. The thread sleeps meanwhile, so that its result
 * is there when it goes on, and pointers have settled.
 *
 * Transfer registers hold memory's bytes with the first one highest (read8), or
 * with the first one lowest (all that are called "swap").
 */
#include <string.h>

#include "card/me.h"
#include "card/me_insn.h"

#define MAX_BYTES (4 * ME_REGISTERS)

static uint32_t byte_shift(const struct me_command *cmd, uint32_t i)
{
	return 8 * (cmd->row->big ? 3 - i % 4 : i % 4);
}

static bool memory_said(struct me *me, const struct me_command *cmd,
			const char *no)
{
	return !no || me_refuse(me, ME_FAULT, no, ME_ADDRESS, cmd->addr);
}

static bool do_read(struct me *me, const struct me_command *cmd)
{
	struct me_value *in = &me->xfer_in[cmd->xfer];
	uint32_t i, defined = cmd->len;
	uint8_t data[MAX_BYTES];

	if (!memory_said(me, cmd,
			 me->ops->read(me->priv, cmd->space, cmd->addr, data,
				       cmd->len, &defined)))
		return false;
	memset(in, 0, (cmd->len + 3) / 4 * sizeof(*in));
	for (i = 0; i < defined; i++) {
		uint32_t shift = byte_shift(cmd, i);

		in[i / 4].v |= (uint32_t)data[i] << shift;
		in[i / 4].known |= 1u << shift / 8;
	}
	return true;
}

static bool do_write(struct me *me, const struct me_command *cmd)
{
	const struct me_value *out = &me->xfer_out[cmd->xfer];
	uint8_t data[MAX_BYTES];

	for (uint32_t i = 0; i < cmd->len; i++) {
		uint32_t shift = byte_shift(cmd, i);

		if (!(out[i / 4].known & 1u << shift / 8))
			return me_refuse(me, ME_UNDEFINED,
					 "store of what was never written",
					 ME_XFER_OUT, cmd->xfer + i / 4);
		data[i] = out[i / 4].v >> shift;
	}
	return memory_said(me, cmd,
			   me->ops->write(me->priv, cmd->space, cmd->addr, data,
					  cmd->len));
}

static bool do_add(struct me *me, const struct me_command *cmd)
{
	const struct me_value *out = &me->xfer_out[cmd->xfer];
	uint64_t addend = cmd->imm;

	if (cmd->row->kind == ME_ADD) {
		for (uint32_t i = 0; i < cmd->len / 4; i++)
			if (!me_is_known(&out[i]))
				return me_refuse(
					me, ME_UNDEFINED,
					"addition of what was never written",
					ME_XFER_OUT, cmd->xfer + i);
		addend = out[0].v;
		if (cmd->len == 8)
			addend |= (uint64_t)out[1].v << 32;
	}
	return memory_said(me, cmd,
			   me->ops->add(me->priv, cmd->addr, cmd->len, addend));
}

bool me_perform(struct me *me, const struct me_command *cmd)
{
	me->commands++;
	switch (cmd->row->kind) {
	case ME_READ:
		return do_read(me, cmd);
	case ME_WRITE:
		return do_write(me, cmd);
	default:
		return do_add(me, cmd);
	}
}

bool me_mem_tick(struct me *me)
{
	uint32_t at = me->at;
	bool ok;

	if (!me->waiting.slots || --me->waiting.slots)
		return true;
	me->at = me->waiting.at;
	ok = me_perform(me, &me->waiting);
	me->at = at;
	me_settle_pointers(me);
	return ok;
}
