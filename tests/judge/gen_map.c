/* SPDX-License-Identifier: GPL-2.0-only */
#include "gen.h"

static uint32_t any_type(struct gen *g)
{
	static const uint8_t others[] = {
		BPF_MAP_TYPE_PERCPU_ARRAY, BPF_MAP_TYPE_PERCPU_HASH,
		BPF_MAP_TYPE_LRU_HASH,	   BPF_MAP_TYPE_LPM_TRIE,
		BPF_MAP_TYPE_PROG_ARRAY,   BPF_MAP_TYPE_RINGBUF,
		BPF_MAP_TYPE_DEVMAP,	   BPF_MAP_TYPE_ARRAY_OF_MAPS,
		BPF_MAP_TYPE_QUEUE,	   BPF_MAP_TYPE_CPUMAP,
	};

	if (gen_fault(g, 100))
		return others[gen_below(g, COUNT(others))];
	if (gen_one_in(g, 10))
		return BPF_MAP_TYPE_PERF_EVENT_ARRAY;
	return gen_one_in(g, 2) ? BPF_MAP_TYPE_ARRAY : BPF_MAP_TYPE_HASH;
}

static uint32_t any_bytes(struct gen *g)
{
	static const uint8_t often[] = { 4, 8, 12, 16, 24, 32, 40, 48, 56 };

	if (gen_one_in(g, 8))
		return 1 + gen_below(g, 60);
	return often[gen_below(g, COUNT(often))];
}

static struct pack_map any_map(struct gen *g)
{
	struct pack_map map = { .type = any_type(g), .key = 4 };

	map.value = any_bytes(g);
	map.entries = 1 + gen_below(g, 256);
	if (map.type == BPF_MAP_TYPE_PERF_EVENT_ARRAY) {
		map.value = 4;
		return map;
	}
	if (map.type == BPF_MAP_TYPE_HASH && !gen_one_in(g, 3))
		map.key = any_bytes(g);
	if ((map.key + 7) / 8 + (map.value + 7) / 8 > 8 && !gen_fault(g, 20))
		map.value = 64 - (map.key + 7) / 8 * 8;
	if (!map.value)
		map.value = 8;
	if (gen_fault(g, 100))
		map.flags = 1U << gen_below(g, 14);
	if (gen_fault(g, 600))
		map.entries = 2048000 + gen_below(g, 3) - 1;
	if (gen_fault(g, 600))
		map.entries = gen_one_in(g, 2) ? 0 : 2048001;
	if (gen_fault(g, 600))
		map.extra = 1 + gen_below(g, 7);
	if (gen_fault(g, 300))
		map.key = gen_below(g, 80);
	if (gen_fault(g, 300))
		map.value = gen_below(g, 80);
	return map;
}

void gen_maps(struct gen *g)
{
	g->map_count = gen_one_in(g, 4) ? 0 : 1 + gen_below(g, 3);
	if (gen_one_in(g, 3000))
		g->map_count = 63 + gen_below(g, 4);
	for (unsigned int i = 0; i < g->map_count; i++) {
		g->maps[i] = any_map(g);
		g->counters[i] = gen_below(g, 8) * 8;
	}
}

void gen_many_maps(struct gen *g)
{
	for (unsigned int i = 0; g->map_count > 8 && i < g->map_count; i++)
		gen_imm64(g, 0, BPF_PSEUDO_MAP_FD, i);
	g->env.r[0].kind = NONE;
}

/* The address of a key, as an argument in r2. */
static void key_argument(struct gen *g, const struct pack_map *map)
{
	int base = gen_fault(g, 40) ? gen_find(g, PACKET) : -1;
	int off = -(int)((map->key + 3) / 4 * 4);

	if (base >= 0) {
		gen_move(g, 2, base);
		return;
	}
	if (!gen_one_in(g, 3))
		off = -(int)((map->key + 7) / 8 * 8);
	if (gen_one_in(g, 3))
		off -= 8 * gen_below(g, 6);
	gen_stack_fill(g, off, (map->key + 3) / 4 * 4);
	if (gen_fault(g, 50))
		off += 2;
	gen_move(g, 2, 10);
	gen_emit(g, BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, off);
}

static void null_check(struct gen *g)
{
	struct value v = g->env.r[0];
	unsigned int skip;

	v.kind = VALUE;
	if (gen_sloppy(g))
		gen_emit(g, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 0, 1);
	else if (gen_one_in(g, 3)) {
		gen_emit(g, BPF_JMP | BPF_JNE | BPF_K, 0, 0, 0, 0);
		skip = g->count - 1;
		gen_leave(g);
		gen_land(g, skip);
		gen_set(g, 0, v);
		return;
	} else {
		gen_emit(g, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 0, 0);
	}
	gen_out(g);
	gen_set(g, 0, v);
}

void gen_lookup(struct gen *g)
{
	unsigned int n = gen_below(g, g->map_count ?: 1), keep;

	if (!g->map_count || g->locked & 0x3f || g->maps[n].key > 64 ||
	    (g->maps[n].type == BPF_MAP_TYPE_PERF_EVENT_ARRAY &&
	     !gen_sloppy(g)))
		return;
	key_argument(g, &g->maps[n]);
	gen_imm64(g, 1, BPF_PSEUDO_MAP_FD, n);
	gen_call(g, BPF_FUNC_map_lookup_elem);
	gen_set(g, 0,
		(struct value){
			.kind = VALUE_OR_NULL, .map = n, .id = ++g->ids });
	if (gen_sloppy(g))
		return;
	null_check(g);
	keep = 6 + gen_below(g, 4);
	if (gen_one_in(g, 2) && !(g->locked >> keep & 1) &&
	    g->env.r[keep].kind != CONTEXT)
		gen_move(g, keep, 0);
}
