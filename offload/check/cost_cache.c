/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads of the packet share one read of the bus, as long as they are near each
 * other and nothing in between may change what was read.
 */
#include "cost_work.h"

#define CACHE_BYTES 64
#define WORD	    4

struct cache {
	struct cost_insn *first; /* the load that fills it */
	bool valid;
	int16_t start, end;
};

/* After these the packet may be another (bpf/jit.c nfp_bpf_opt_pkt_cache()). */
static bool spoils(const struct cost_insn *i)
{
	if (cost_is_call(i))
		return true;
	if (cost_is_store(i))
		return i->fact->ptr.type == REG_PACKET;
	return cost_is_load(i) && (i->fact->ptr.type != REG_PACKET || i->copy);
}

static void close_range(struct cache *cache)
{
	if (!cache->first)
		return;
	cache->first->cache_start = cache->start;
	cache->first->cache_end = cache->end;
}

static void open_range(struct cache *cache, struct cost_insn *i)
{
	close_range(cache);
	cache->valid = true;
	cache->first = i;
	cache->start = i->insn.off;
	cache->end = i->insn.off + cost_bytes(&i->insn);
	i->cache_fill = true;
}

/* Only loads from one and the same pointer share. */
static bool widen(struct cache *cache, const struct cost_insn *i)
{
	const struct reg *ptr = &i->fact->ptr;
	const struct reg *base = &cache->first->fact->ptr;
	int16_t start = i->insn.off, end = start + cost_bytes(&i->insn);

	if (ptr->id != base->id || ptr->off != base->off)
		return false;
	if (start > cache->start)
		start = cache->start;
	if (end < cache->end)
		end = cache->end;
	if ((start != cache->start || end != cache->end) &&
	    end - start > CACHE_BYTES)
		return false;
	cache->start = start;
	cache->end = end;
	return true;
}

static void hand_down_ranges(struct cost_work *w)
{
	int16_t start = 0, end = 0;

	for (unsigned int n = 0; n < w->count; n++) {
		struct cost_insn *i = &w->insns[n];

		if (cost_skipped(i) || !cost_is_load(i) ||
		    i->fact->ptr.type != REG_PACKET || i->copy)
			continue;
		if (i->cache_fill) {
			start = i->cache_start;
			end = i->cache_end;
		}
		i->cache_start = start;
		i->cache_end = end;
	}
}

/* bpf/jit.c nfp_bpf_opt_pkt_cache() */
void cost_packet_cache(struct cost_work *w)
{
	struct cache cache = { 0 };

	for (unsigned int n = 0; n < w->count; n++) {
		struct cost_insn *i = &w->insns[n];

		if (i->jump_target)
			cache.valid = false;
		if (cost_skipped(i))
			continue;
		if (spoils(i))
			cache.valid = false;
		else if (cost_is_load(i) && (!cache.valid || !widen(&cache, i)))
			open_range(&cache, i);
	}
	close_range(&cache);
	hand_down_ranges(w);
}

/* bpf/jit.c mem_ldx_data_init_pktcache() */
static int fill(const struct cost_insn *i)
{
	if (!i->cache_fill)
		return 0;
	return cost_offset(i->cache_start) + 1 +
	       (i->cache_end - i->cache_start > 32 ? 1 : 0);
}

/* bpf/jit.c mem_ldx_data_from_pktcache_aligned() and _unaligned() */
int cost_cached(const struct cost_insn *i)
{
	unsigned int size = cost_bytes(&i->insn);
	unsigned int shift = (uint8_t)(i->insn.off - i->cache_start) % WORD;
	bool straddles = shift && size > WORD - shift;

	if (size > WORD)
		return fill(i) + (shift ? 4 : 2);
	return fill(i) + (straddles ? 2 : 1) + cost_zext(i);
}
