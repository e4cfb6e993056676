/* SPDX-License-Identifier: GPL-2.0-only */
/* Global functions: the kernel goes by their types, not by what is given. */
#include <stdlib.h>
#include <string.h>

#include "gen.h"

static uint8_t any_type(struct gen *g)
{
	if (gen_fault(g, 60))
		return PACK_TAGGED +
		       gen_below(g, PACK_STRUCT - PACK_TAGGED + 1);
	if (gen_one_in(g, 5))
		return PACK_CTX;
	return gen_one_in(g, 4) ? PACK_MEMORY : PACK_INT;
}

static struct value value_of(enum pack_type type)
{
	if (type == PACK_INT)
		return (struct value){ .kind = NUMBER, .max = UINT64_MAX };
	if (type == PACK_CTX || type == PACK_TAGGED)
		return (struct value){ .kind = CONTEXT };
	return (struct value){ .kind = NONE };
}

void gen_global(struct gen *g, struct sub *sub)
{
	sub->global = true;
	sub->count = gen_below(g, 4);
	sub->type.global = 1;
	sub->type.arg_count = sub->count;
	sub->type.result =
		gen_fault(g, 60) ? PACK_MEMORY + gen_below(g, 5) : PACK_INT;
	for (unsigned int i = 0; i < sub->count; i++) {
		sub->type.args[i] = any_type(g);
		sub->args[i] = value_of(sub->type.args[i]);
	}
}

/* Memory of the stack, or of a value, which may be missing. */
static void memory(struct gen *g, unsigned int arg)
{
	int from = gen_find(g, gen_one_in(g, 2) ? VALUE : VALUE_OR_NULL);

	if (gen_one_in(g, 8)) {
		gen_constant(g, arg, 0);
	} else if (from >= 6 && gen_one_in(g, 2)) {
		gen_move(g, arg, from);
	} else {
		gen_move(g, arg, 10);
		gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, arg, 0, 0,
			 gen_fault(g, 20) ? -8 : -PACK_MEMORY_BYTES);
	}
}

void gen_global_args(struct gen *g, const struct sub *sub)
{
	int ctx;

	for (unsigned int i = 0; i < sub->count; i++)
		if (sub->type.args[i] == PACK_MEMORY)
			gen_stack_fill(g, -PACK_MEMORY_BYTES,
				       PACK_MEMORY_BYTES);
	for (unsigned int i = 0; i < sub->count; i++) {
		ctx = gen_find(g, CONTEXT);
		if (sub->type.args[i] == PACK_MEMORY)
			memory(g, 1 + i);
		else if (value_of(sub->type.args[i]).kind == CONTEXT &&
			 (ctx == 1 + (int)i || ctx >= 6))
			gen_move(g, 1 + i, ctx);
		else
			gen_constant(g, 1 + i, gen_imm(g));
	}
}

static int by_insn(const void *a, const void *b)
{
	const struct pack_func *x = a, *y = b;

	return x->insn < y->insn ? -1 : x->insn > y->insn;
}

/* Mutations move functions, and make new ones: all that is named is one. */
unsigned int gen_funcs(const struct gen *g, struct pack_func *out)
{
	unsigned int count = 1;

	out[0] = (struct pack_func){ .args = { PACK_CTX }, .arg_count = 1 };
	for (unsigned int i = 0; g->types && i < g->count; i++) {
		unsigned int at = i + 1 + g->insns[i].imm, n;

		if (!pack_names_func(&g->insns[i]))
			continue;
		if (at >= g->count || count == PACK_FUNCS)
			return 0;
		for (n = 0; n < count && out[n].insn != at; n++)
			;
		if (n == count)
			out[count++] = (struct pack_func){ .insn = at };
	}
	qsort(out, count, sizeof(*out), by_insn);
	for (unsigned int i = 1; i < count && i <= g->sub_count; i++) {
		struct pack_func type = g->subs[i - 1].type;

		type.insn = out[i].insn;
		out[i] = type;
	}
	return g->types ? count : 0;
}
