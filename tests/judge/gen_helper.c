/* SPDX-License-Identifier: GPL-2.0-only */
#include "gen.h"

static void clear_packet(struct gen *g)
{
	gen_forget(g, PACKET);
	gen_forget(g, PACKET_END);
}

static void adjust(struct gen *g, int32_t helper)
{
	int ctx = gen_find(g, CONTEXT);
	unsigned int number = gen_number(g);

	if (ctx < 0 || g->locked & 0x3f)
		return;
	if (gen_one_in(g, 3) && number != 1) {
		gen_move(g, 2, number);
		if (ctx != 2)
			gen_move(g, 1, ctx);
	} else {
		if (ctx != 1)
			gen_move(g, 1, ctx);
		gen_constant(g, 2,
			     gen_one_in(g, 4) ? gen_imm(g)
					      : (int)gen_below(g, 220) - 100);
	}
	gen_call(g, helper);
	clear_packet(g);
}

/* One that nothing was set up for. */
static void any_other(struct gen *g)
{
	static const uint8_t others[] = {
		BPF_FUNC_ktime_get_ns,	   BPF_FUNC_get_smp_processor_id,
		BPF_FUNC_get_numa_node_id, BPF_FUNC_ktime_get_boot_ns,
		BPF_FUNC_jiffies64,	   BPF_FUNC_get_prandom_u32,
		BPF_FUNC_redirect,	   BPF_FUNC_tail_call,
		BPF_FUNC_csum_diff,
	};

	gen_call(g, gen_one_in(g, 4) ? (int)gen_below(g, 230)
				     : others[gen_below(g, COUNT(others))]);
	if (gen_one_in(g, 6))
		g->insns[g->count - 1].src_reg = BPF_PSEUDO_KFUNC_CALL;
}

void gen_helper(struct gen *g)
{
	if (g->locked & 0x3f)
		return;
	switch (gen_below(g, 16)) {
	case 0 ... 2:
		adjust(g, BPF_FUNC_xdp_adjust_head);
		break;
	case 3 ... 4:
		adjust(g, BPF_FUNC_xdp_adjust_tail);
		break;
	case 5:
		if (gen_fault(g, 3))
			any_other(g);
		break;
	case 6 ... 7:
		gen_event(g);
		break;
	case 8 ... 9:
		gen_update(g);
		break;
	default:
		gen_call(g, BPF_FUNC_get_prandom_u32);
		g->env.r[0].max = UINT64_MAX;
	}
}

static int find_map(struct gen *g, uint32_t type)
{
	for (unsigned int i = 0; i < g->map_count; i++)
		if (g->maps[i].type == type)
			return i;
	return -1;
}

/* What an event carries, in r4, with its length in r5. */
static void event_data(struct gen *g)
{
	int from;

	switch (gen_below(g, 6)) {
	case 0:
		gen_constant(g, 4, 0);
		gen_constant(g, 5, 0);
		return;
	case 1:
		from = gen_find(g, PACKET);
		if (from < 6 || g->env.r[from].range < 4)
			break;
		gen_move(g, 4, from);
		gen_constant(g, 5, 4);
		return;
	case 2:
		from = gen_find(g, VALUE);
		if (from < 6)
			break;
		gen_move(g, 4, from);
		gen_constant(g, 5, 1 + gen_below(g, 4));
		return;
	}
	gen_stack_fill(g, -16, 16);
	gen_move(g, 4, 10);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, 4, 0, 0,
		 gen_fault(g, 20) ? -14 : -16);
	gen_constant(g, 5, 1 + gen_below(g, 14));
}

void gen_event(struct gen *g)
{
	int map = find_map(g, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	int ctx = gen_find(g, CONTEXT);

	/* Not every firmware has this. */
	if (map < 0 || ctx < 0 || (g->clean && !g->every_helper))
		return;
	if (ctx != 1)
		gen_move(g, 1, ctx);
	g->locked |= 1 << 1;
	event_data(g);
	g->locked &= ~(1 << 1);
	gen_imm64(g, 2, BPF_PSEUDO_MAP_FD, map);
	if (gen_fault(g, 12))
		gen_constant(g, 3, gen_imm(g));
	else if (gen_one_in(g, 2))
		gen_imm64(g, 3, 0, BPF_F_CURRENT_CPU);
	else
		gen_emit(g, BPF_ALU | BPF_MOV | BPF_K, 3, 0, 0, -1);
	gen_call(g, BPF_FUNC_perf_event_output);
}

/* Update or delete: the firmware must have it. */
void gen_update(struct gen *g)
{
	unsigned int n = gen_below(g, g->map_count ?: 1);
	const struct pack_map *map = &g->maps[n];
	bool update = gen_one_in(g, 2);

	if (!g->map_count || map->key > 64 || map->value > 64 ||
	    (g->clean && !g->every_helper) || map->type > BPF_MAP_TYPE_ARRAY ||
	    g->locked & 0x3f || (!g->every_helper && !gen_one_in(g, 2)))
		return;
	gen_stack_fill(g, -72, (map->key + 3) / 4 * 4);
	if (update && gen_one_in(g, 2))
		gen_stack_zero(g, -144, (map->value + 3) / 4 * 4);
	else if (update)
		gen_stack_fill(g, -144, (map->value + 3) / 4 * 4);
	gen_move(g, 2, 10);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -72);
	if (update) {
		gen_move(g, 3, 10);
		gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, 3, 0, 0, -144);
		gen_constant(g, 4, gen_below(g, 3));
	}
	gen_imm64(g, 1, BPF_PSEUDO_MAP_FD, n);
	gen_call(g,
		 update ? BPF_FUNC_map_update_elem : BPF_FUNC_map_delete_elem);
}
