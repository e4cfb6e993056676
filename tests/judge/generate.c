/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge_generate [-e] SEED COUNT [FIRST]: a pack of programs on stdout. The n-th
 * of a seed is always the same one. -e: for firmware that has every helper.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "gen.h"

static const struct {
	void (*make)(struct gen *g);
	unsigned int weight;
} statements[] = {
	{ gen_alu, 30 },	 { gen_multiply, 5 },
	{ gen_divide, 4 },	 { gen_shift, 6 },
	{ gen_packet_open, 3 },	 { gen_packet_check, 6 },
	{ gen_packet_load, 16 }, { gen_packet_store, 8 },
	{ gen_packet_copy, 3 },	 { gen_packet_variable, 3 },
	{ gen_context, 1 },	 { gen_stack_store, 8 },
	{ gen_stack_load, 8 },	 { gen_stack_pointer, 3 },
	{ gen_stack_odd, 1 },	 { gen_lookup, 7 },
	{ gen_value_load, 8 },	 { gen_value_add, 11 },
	{ gen_value_odd, 1 },	 { gen_helper, 4 },
	{ gen_if, 10 },		 { gen_dead, 3 },
	{ gen_loop, 3 },	 { gen_two_ways, 2 },
	{ gen_subprogram, 2 },	 { gen_event, 2 },
};

/* Of those at the beginning of the table, which need little else. */
#define PLAIN_WEIGHT 81

static bool is_deep(void (*make)(struct gen *g))
{
	return make == gen_if || make == gen_dead || make == gen_loop;
}

static void statement(struct gen *g)
{
	unsigned int sum = 0, at;

	for (size_t i = 0; i < COUNT(statements); i++)
		sum += statements[i].weight;
	if (g->every_helper && !g->plain && gen_one_in(g, 16)) {
		gen_update(g);
		return;
	}
	at = gen_below(g, g->plain ? PLAIN_WEIGHT : sum);
	for (size_t i = 0; i < COUNT(statements); i++) {
		if (at >= statements[i].weight) {
			at -= statements[i].weight;
			continue;
		}
		if (!is_deep(statements[i].make) || g->depth < GEN_DEPTH)
			statements[i].make(g);
		return;
	}
}

void gen_block(struct gen *g, unsigned int insns)
{
	unsigned int end = g->count + insns;

	for (unsigned int try = 0; g->count < end && try < 2 * insns; try++)
		if (g->count < GEN_INSNS / 2)
			statement(g);
}

static void start(struct gen *g, uint64_t seed, uint64_t n)
{
	static const unsigned int sloppy[] = { 0, 0, 0, 400, 400, 100 };

	memset(g, 0, sizeof(*g));
	g->random = seed * 0xd1342543de82ef95 + n * 0x9e6c63d0876a9a47;
	gen_random(g);
	g->sloppy = sloppy[gen_below(g, COUNT(sloppy))];
	g->size = 3 + gen_below(g, gen_one_in(g, 3) ? 30 : 70);
	if (gen_one_in(g, 100)) {
		g->size = 200 + gen_below(g, 1700);
		g->plain = !gen_one_in(g, 4);
		g->clean = true;
	}
	if (gen_one_in(g, 4))
		g->clean = true;
	if (g->clean)
		g->sloppy = 0;
	g->types = gen_one_in(g, 2);
	g->chain = gen_fault(g, 300);
	g->env.r[1].kind = CONTEXT;
}

/* Which numbers are those of functions differs from kernel to kernel: that of
 * none, and that of an integer's type, do not.
 */
static void tame_kernel_calls(struct gen *g)
{
	for (unsigned int i = 0; i < g->count; i++)
		if (g->insns[i].code == (BPF_JMP | BPF_CALL) &&
		    g->insns[i].src_reg == BPF_PSEUDO_KFUNC_CALL)
			g->insns[i].imm &= 1;
}

void gen_program(struct gen *g, uint64_t seed, uint64_t n, bool every_helper)
{
	start(g, seed, n);
	g->every_helper = every_helper;
	gen_maps(g);
	gen_many_maps(g);
	if (!gen_one_in(g, 8)) {
		gen_move(g, 6 + gen_below(g, 4), 1);
		gen_packet_open(g);
		gen_packet_check(g);
	}
	if (g->chain)
		gen_subprogram(g);
	gen_block(g, g->size);
	gen_outs_end(g);
	gen_sub_bodies(g);
	if (!g->clean && gen_one_in(g, 2))
		for (unsigned int m = 1 + gen_below(g, 3); m; m--)
			gen_mutate(g);
	tame_kernel_calls(g);
}

static void write_program(struct gen *g, uint64_t seed, uint64_t n)
{
	static const uint32_t types[] = { BPF_PROG_TYPE_SOCKET_FILTER,
					  BPF_PROG_TYPE_KPROBE };
	static struct pack_program p;

	memset(&p, 0, sizeof(p));
	snprintf(p.name, sizeof(p.name), "%llu/%llu", (unsigned long long)seed,
		 (unsigned long long)n);
	p.type =
		gen_one_in(g, 500) ? types[gen_below(g, 2)] : BPF_PROG_TYPE_XDP;
	p.flags = gen_one_in(g, 500) ? 1U << gen_below(g, 6) : 0;
	p.map_count = g->map_count;
	memcpy(p.maps, g->maps, sizeof(p.maps));
	p.func_count = gen_funcs(g, p.funcs);
	p.insn_count = g->count;
	p.insns = g->insns;
	if (pack_write(stdout, &p))
		err(2, "stdout");
}

int main(int argc, char **argv)
{
	static struct gen g;
	bool every_helper = argc > 1 && !strcmp(argv[1], "-e");
	uint64_t seed, first, count;

	argv += every_helper;
	argc -= every_helper;
	if (argc < 3)
		errx(2, "usage: judge_generate [-e] SEED COUNT [FIRST]");
	seed = strtoull(argv[1], NULL, 0);
	count = strtoull(argv[2], NULL, 0);
	first = argc > 3 ? strtoull(argv[3], NULL, 0) : 0;
	if (pack_begin(stdout))
		err(2, "stdout");
	for (uint64_t n = first; n < first + count; n++) {
		gen_program(&g, seed, n, every_helper);
		write_program(&g, seed, n);
	}
	return fflush(stdout) ? 1 : 0;
}
