/* SPDX-License-Identifier: GPL-2.0-only */
/* Calls of helpers and of functions, and returns (kernel/bpf/verifier.c
 * check_helper_call(), check_func_call(), prepare_func_exit()).
 */
#include <errno.h>

#include "disasm.h"
#include "walk_private.h"

/* What a helper's argument has to be. */
enum arg {
	ARG_NONE,
	ARG_ANY,
	ARG_CONTEXT,
	ARG_MAP,
	ARG_KEY,
	ARG_VALUE,
	ARG_BYTES,	   /* as many as the next argument says */
	ARG_BYTES_OR_NONE, /* how many */
};

enum result {
	RESULT_NUMBER,
	RESULT_VALUE_OR_NULL
};

/* The helpers that the driver knows (net/core/filter.c, kernel/bpf/helpers.c:
 * their struct bpf_func_proto). Others are refused before they are asked.
 */
static const struct helper {
	int id;
	enum arg args[5];
	enum result result;
	bool gpl_only;
	bool packet; /* arguments may point into the packet */
} helpers[] = {
	{ .id = BPF_FUNC_map_lookup_elem,
	  .args = { ARG_MAP, ARG_KEY },
	  .result = RESULT_VALUE_OR_NULL,
	  .packet = true },
	{ .id = BPF_FUNC_map_update_elem,
	  .args = { ARG_MAP, ARG_KEY, ARG_VALUE, ARG_ANY },
	  .packet = true },
	{ .id = BPF_FUNC_map_delete_elem,
	  .args = { ARG_MAP, ARG_KEY },
	  .packet = true },
	{ .id = BPF_FUNC_get_prandom_u32 },
	{ .id = BPF_FUNC_perf_event_output,
	  .args = { ARG_CONTEXT, ARG_MAP, ARG_ANY, ARG_BYTES,
		    ARG_BYTES_OR_NONE },
	  .gpl_only = true },
	{ .id = BPF_FUNC_xdp_adjust_head, .args = { ARG_CONTEXT, ARG_ANY } },
	{ .id = BPF_FUNC_xdp_adjust_tail, .args = { ARG_CONTEXT, ARG_ANY } },
};

/* What memory may be, as each kernel lists it. */
#define MEMORY_6_1 "fp, pkt, pkt_meta, map_key, map_value, mem, alloc_mem, buf"
#define MEMORY_6_12                                                 \
	"fp, pkt, pkt_meta, map_key, map_value, mem, ringbuf_mem, " \
	"buf, trusted_ptr_"

/* Bytes that a helper may be told of (BPF_MAX_VAR_SIZ). */
#define MAX_BYTES (1 << 29)

static const struct helper *find_helper(int id)
{
	for (size_t i = 0; i < sizeof(helpers) / sizeof(helpers[0]); i++)
		if (helpers[i].id == id)
			return &helpers[i];
	return NULL;
}

static enum step_result wrong_type(struct walk *w, unsigned int number,
				   const char *expected)
{
	return refuse(w, RULE_V6, EACCES, "R%u type=%s expected=%s", number,
		      reg_type_name(walk_reg(w, number)->type), expected);
}

static bool is_memory(enum reg_type type)
{
	return type == REG_STACK || type == REG_PACKET ||
	       type == REG_PACKET_META || type == REG_MAP_VALUE;
}

static enum step_result check_context(struct walk *w, unsigned int number)
{
	const struct reg *reg = walk_reg(w, number);

	if (reg->type != REG_CTX)
		return wrong_type(w, number, "ctx");
	if (reg->off)
		return refuse(w, RULE_V6, EACCES,
			      "dereference of modified ctx ptr R%u off=%d "
			      "disallowed",
			      number, reg->off);
	return STEP_NEXT;
}

static enum step_result check_map_memory(struct walk *w, unsigned int number,
					 int map, bool key)
{
	const struct reg *reg = walk_reg(w, number);
	const struct code_map *m;

	if (!is_memory(reg->type))
		return wrong_type(w, number,
				  "fp, pkt, pkt_meta, map_key, map_value");
	if (map < 0)
		return refuse(w, RULE_V6, EACCES,
			      "invalid map_ptr to access map->%s",
			      key ? "key" : "value");
	m = &w->code->maps[map];
	return helper_access(w, number, key ? m->key : m->value, false);
}

static enum step_result check_size(struct walk *w, unsigned int number)
{
	const struct scalar *size = &walk_reg(w, number)->var;
	enum step_result result = STEP_NEXT;

	if (walk_reg(w, number)->type != REG_SCALAR)
		return wrong_type(w, number, "scalar");
	if (size->smin < 0)
		return refuse(w, RULE_V6, EACCES,
			      "R%u min value is negative, either use unsigned "
			      "or 'var &= const'",
			      number);
	if (!size->umin)
		result = helper_access(w, number - 1, 0, true);
	if (result != STEP_NEXT)
		return result;
	if (size->umax >= MAX_BYTES)
		return refuse(w, RULE_V6, EACCES,
			      "R%u unbounded memory access, use 'var &= const' "
			      "or 'if (var < const)'",
			      number);
	result = helper_access(w, number - 1, size->umax, true);
	if (result == STEP_NEXT)
		precise_now(w, number);
	return result;
}

static enum step_result check_arg(struct walk *w, const struct helper *helper,
				  unsigned int i, int *map)
{
	unsigned int number = BPF_REG_1 + i;
	const struct reg *reg = walk_reg(w, number);
	enum step_result result = arg_read(w, number);
	enum arg arg = helper->args[i];

	if (result != STEP_NEXT)
		return result;
	if (reg_is_packet(reg) && arg != ARG_ANY && !helper->packet)
		return refuse(w, RULE_V6, EACCES,
			      "helper access to the packet is not allowed");
	switch (arg) {
	case ARG_CONTEXT:
		return check_context(w, number);
	case ARG_MAP:
		if (reg->type != REG_MAP)
			return wrong_type(w, number, "map_ptr");
		*map = reg->map;
		return STEP_NEXT;
	case ARG_KEY:
	case ARG_VALUE:
		return check_map_memory(w, number, *map, arg == ARG_KEY);
	case ARG_BYTES:
		if (is_memory(reg->type) || reg->type == REG_MEM)
			return STEP_NEXT;
		return wrong_type(w, number,
				  w->kernel < CHECK_KERNEL_6_12 ? MEMORY_6_1
								: MEMORY_6_12);
	case ARG_BYTES_OR_NONE:
		return check_size(w, number);
	default:
		return STEP_NEXT;
	}
}

/* After a call r0 to r5 are gone. */
void drop_scratched(struct walk *w)
{
	for (unsigned int i = 0; i <= 5; i++) {
		struct reg *reg = walk_reg(w, i);

		reg_not_init(reg);
		reg->live |= LIVE_WRITTEN;
	}
}

void drop_packet(struct walk *w)
{
	struct reg *reg;

	state_for_each_reg(&w->path->s, reg) if (reg_is_packet(reg) ||
						 reg->type == REG_PACKET_END)
		reg_unknown(reg);
}

/* An event array is for events alone, and they for it. */
static enum step_result map_fits(struct walk *w, int id, int map)
{
	bool events = id == BPF_FUNC_perf_event_output;

	if (map < 0 || (w->code->maps[map].type ==
			BPF_MAP_TYPE_PERF_EVENT_ARRAY) == events)
		return STEP_NEXT;
	return refuse(w, RULE_V6, EINVAL,
		      "cannot pass map_type %u into func bpf_%s#%d",
		      w->code->maps[map].type, disasm_helper(id), id);
}

static void set_result(struct walk *w, const struct helper *helper, int map)
{
	struct reg *r0 = walk_reg(w, BPF_REG_0);

	if (helper->result == RESULT_NUMBER) {
		reg_unknown(r0);
		return;
	}
	reg_pointer(r0, REG_MAP_VALUE | REG_OR_NULL);
	r0->map = map;
	r0->id = ++w->ids;
}

/* A helper that the driver has refused: nothing is known of what it does. */
static enum step_result unknown_helper(struct walk *w)
{
	int id = walk_insn(w)->imm;

	w->path->blurred = true;
	drop_scratched(w);
	reg_unknown(walk_reg(w, BPF_REG_0));
	if (helper_moves_packet(id))
		drop_packet(w);
	w->insn++;
	return STEP_NEXT;
}

static enum step_result call_helper(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	const struct helper *helper = find_helper(insn->imm);
	enum step_result result = STEP_NEXT;
	int map = -1;

	if (!helper)
		return unknown_helper(w);
	if (helper->gpl_only && !w->code->gpl)
		return refuse(w, RULE_V6, EINVAL,
			      "cannot call GPL-restricted function from "
			      "non-GPL compatible program");
	for (unsigned int i = 0; i < 5 && helper->args[i] != ARG_NONE; i++) {
		result = check_arg(w, helper, i, &map);
		if (result != STEP_NEXT)
			return result;
	}
	drop_scratched(w);
	set_result(w, helper, map);
	result = map_fits(w, insn->imm, map);
	if (result == STEP_NEXT && helper_moves_packet(insn->imm))
		drop_packet(w);
	w->insn++;
	return result;
}

struct frame *frame_start(struct walk *w, unsigned int subprog, int call,
			  unsigned int index)
{
	struct frame *frame = frame_new();

	if (!frame) {
		w->c->no_memory = true;
		return NULL;
	}
	frame->subprog = subprog;
	frame->call = call;
	reg_pointer(&frame->regs[BPF_REG_10], REG_STACK);
	frame->regs[BPF_REG_10].frame = index;
	return frame;
}

static enum step_result call_function(struct walk *w)
{
	struct state *s = &w->path->s;
	int subprog = flow_subprog(w->facts, w->insn + 1 + walk_insn(w)->imm);
	const struct code_func *func =
		code_func(w->code, w->facts->subprogs[subprog].start);
	bool is_global = func && func->global;
	struct frame *callee;

	if (is_global && w->kernel >= CHECK_KERNEL_6_12)
		return call_global(w, subprog, func);
	if (s->current + 1 >= FRAMES_MAX)
		return refuse(w, RULE_V2, E2BIG,
			      "the call stack of %u frames is too deep",
			      s->current + 2);
	if (is_global)
		return call_global(w, subprog, func);
	callee = frame_start(w, subprog, w->insn, s->current + 1);
	if (!callee)
		return STEP_NO_MEMORY;
	for (unsigned int i = BPF_REG_1; i <= BPF_REG_5; i++)
		callee->regs[i] = *walk_reg(w, i);
	drop_scratched(w);
	s->frames[++s->current] = callee;
	w->insn = w->facts->subprogs[subprog].start;
	return STEP_NEXT;
}

enum step_result step_call(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);

	if ((insn->src_reg != BPF_PSEUDO_KFUNC_CALL && insn->off) ||
	    insn->src_reg > BPF_PSEUDO_KFUNC_CALL || insn->dst_reg)
		return refuse(w, RULE_V7, EINVAL,
			      "BPF_CALL uses reserved fields");
	if (insn->src_reg == BPF_PSEUDO_CALL)
		return call_function(w);
	if (insn->src_reg == BPF_PSEUDO_KFUNC_CALL)
		return unknown_helper(w);
	return call_helper(w);
}

static enum step_result leave_function(struct walk *w)
{
	struct state *s = &w->path->s;
	struct frame *callee = state_frame(s);

	if (callee->regs[BPF_REG_0].type == REG_STACK)
		return refuse(w, RULE_V6, EINVAL,
			      "cannot return stack pointer to the caller");
	w->insn = callee->call + 1;
	s->frames[s->current--] = NULL;
	*walk_reg(w, BPF_REG_0) = callee->regs[BPF_REG_0];
	frame_free(callee);
	return STEP_NEXT;
}

enum step_result step_exit(struct walk *w)
{
	const struct bpf_insn *insn = walk_insn(w);
	const struct reg *r0 = walk_reg(w, BPF_REG_0);
	enum step_result result;

	if (insn->imm || insn->src_reg || insn->dst_reg)
		return refuse(w, RULE_V7, EINVAL,
			      "BPF_EXIT uses reserved fields");
	if (w->path->s.current)
		return leave_function(w);
	result = arg_read(w, BPF_REG_0);
	if (result != STEP_NEXT)
		return result;
	if (state_frame(&w->path->s)->subprog && r0->type != REG_SCALAR)
		return refuse(w, RULE_V6, EINVAL,
			      "At subprogram exit the register R0 is not a "
			      "scalar value (%s)",
			      reg_type_name(r0->type));
	return STEP_END;
}
