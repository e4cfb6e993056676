/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory commands, as they are issued. */
#include "card/me.h"
#include "card/me_insn.h"

/* OP_CMD_CTX; 1 and 2 are the number of defer slots. */
#define CTX_SWAP    0
#define CTX_NO_SWAP 3

/* OP_CMD_MODE */
#define MODE_40_AB 0 /* register A holds the upper part */
#define MODE_40_BA 1
#define MODE_32	   4

/* The previous result as it overrides fields of a command (nfp_asm.h,
 * CMD_OVE_*, CMD_OV_LEN; jit.c mem_xadd() for the data).
 */
#define OVERRIDE_LEN	  0x0080
#define OVERRIDE_LEN_MASK 0x1f00
#define OVERRIDE_DATA	  0x0010
#define OVERRIDE_BITS	  0xffffu

#define ADD_IMM_FORM 0x8 /* in the overridden length; and with 64 bits: */
#define ADD_64	     0x4

static const struct me_command_row rows[] = {
	{ "read32_swap", 0x5c, 2, ME_READ, 4, false },
	{ "write8_swap", 0x42, 2, ME_WRITE, 1, false },
	{ "write32_swap", 0x5f, 2, ME_WRITE, 4, false },
	{ "read8", 0x43, 1, ME_READ, 1, true },
	{ "add", 0x47, 0, ME_ADD, 0, false },
	{ "add_imm", 0x47, 2, ME_ADD_IMM, 0, false },
};

static const struct me_command_row *row_of(uint64_t word)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].target == me_bits(word, 32, 7) &&
		    rows[i].token == me_bits(word, 18, 2))
			return &rows[i];
	return NULL;
}

const char *me_command_name(uint64_t word)
{
	const struct me_command_row *row = row_of(word);

	return row ? row->name : "mem";
}

static bool parse_address(struct me *me, uint64_t word, struct me_command *cmd)
{
	const struct me_sources src = {
		me_restricted(me_bits(word, 0, 8), ME_OPERAND_A, false, false),
		me_restricted(me_bits(word, 10, 8), ME_OPERAND_B, false, false),
	};
	uint32_t mode = me_bits(word, 42, 3), va, vb;

	if (mode != MODE_40_AB && mode != MODE_40_BA && mode != MODE_32)
		return me_refuse(me, ME_UNKNOWN, "no such addressing",
				 ME_OPERATION, mode);
	if (me_one_port(&src))
		return me_refuse_conflict(me);
	if (!me_read(me, &src.left, &va) || !me_read(me, &src.right, &vb))
		return false;
	cmd->space = mode == MODE_32 ? ME_CTM : ME_MU;
	if (mode == MODE_32)
		cmd->addr = va + vb;
	else if (mode == MODE_40_AB)
		cmd->addr = ((uint64_t)va << 8) + vb;
	else
		cmd->addr = ((uint64_t)vb << 8) + va;
	if (cmd->addr >> 40)
		return me_refuse(me, ME_UNDEFINED, "an address beyond 40 bits",
				 ME_ADDRESS, cmd->addr);
	return true;
}

/* The length, less one: of the command, or of the previous result. */
static bool parse_length(struct me *me, uint64_t word, struct me_command *cmd,
			 uint32_t *len)
{
	const struct me_value *over = &me->before.result;
	uint32_t data = cmd->row->kind == ME_ADD_IMM ? OVERRIDE_DATA : 0;

	*len = me_bits(word, 25, 3);
	if (!me_bits(word, 41, 1))
		return true;
	if (!me_is_known(over))
		return me_refuse(me, ME_UNDEFINED,
				 "an indirect reference that the previous "
				 "instruction did not leave",
				 ME_NOTHING, 0);
	if ((over->v & OVERRIDE_BITS & ~OVERRIDE_LEN_MASK) !=
		    (OVERRIDE_LEN | data) ||
	    (!data && over->v >> 16))
		return me_refuse(me, ME_UNKNOWN, "no such indirect reference",
				 ME_VALUE, over->v);
	*len = (over->v & OVERRIDE_LEN_MASK) >> 8;
	cmd->imm = over->v >> 16;
	return true;
}

/* Additions encode their width in the length. */
static bool parse_width(struct me *me, uint64_t word, struct me_command *cmd,
			uint32_t len)
{
	bool imm = cmd->row->kind == ME_ADD_IMM;

	if ((len & ~ADD_64) != (imm ? ADD_IMM_FORM : 0) ||
	    imm != me_bits(word, 41, 1) || cmd->space != ME_MU)
		return me_refuse(me, ME_UNKNOWN, "no such form of addition",
				 ME_OPERATION, len);
	cmd->len = len & ADD_64 ? 8 : 4;
	return true;
}

static bool parse_data(struct me *me, uint64_t word, struct me_command *cmd)
{
	uint32_t len;

	if (!parse_length(me, word, cmd, &len))
		return false;
	if (!cmd->row->unit && !parse_width(me, word, cmd, len))
		return false;
	if (cmd->row->unit)
		cmd->len = (len + 1) * cmd->row->unit;
	if (cmd->row->kind == ME_ADD_IMM ||
	    cmd->xfer + (cmd->len + 3) / 4 <= ME_REGISTERS)
		return true;
	return me_refuse(me, ME_UNDEFINED, "a command beyond the registers",
			 ME_XFER_OUT, ME_REGISTERS);
}

/* Who sleeps wakes by a signal. Only what needs neither data nor a result can
 * go on without sleeping; only what sends data can be deferred.
 */
static bool parse_context(struct me *me, uint64_t word, struct me_command *cmd)
{
	uint32_t ctx = me_bits(word, 8, 2);
	bool sleeps = ctx != CTX_NO_SWAP, signal = me_bits(word, 28, 4);

	if (sleeps != signal)
		return me_refuse(me, ME_UNDEFINED,
				 "sleep without signal, or the reverse",
				 ME_OPERATION, ctx);
	if (sleeps == (cmd->row->kind == ME_ADD_IMM) ||
	    (ctx != CTX_SWAP && cmd->row->kind == ME_READ))
		return me_refuse(me, ME_UNKNOWN, "no such way to wait",
				 ME_OPERATION, ctx);
	if (sleeps)
		cmd->slots = ctx + 1;
	return true;
}

static bool parse(struct me *me, uint64_t word, struct me_command *cmd)
{
	cmd->row = row_of(word);
	cmd->xfer = me_bits(word, 20, 5);
	cmd->at = me->at;
	if (!cmd->row)
		return me_refuse(me, ME_UNKNOWN, "no such memory command",
				 ME_OPERATION, me_bits(word, 32, 7));
	return parse_context(me, word, cmd) && parse_address(me, word, cmd) &&
	       parse_data(me, word, cmd);
}

bool me_mem(struct me *me, uint64_t word)
{
	struct me_command cmd = { .slots = 0 };

	if (me->waiting.slots || me->jump.slots)
		return me_refuse(me, ME_UNDEFINED,
				 "a memory command in a defer slot", ME_NOTHING,
				 0);
	if (!parse(me, word, &cmd))
		return false;
	if (!cmd.slots)
		return me_perform(me, &cmd);
	me->waiting = cmd;
	return true;
}
