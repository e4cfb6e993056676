/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loads and stores that together copy memory into the packet become one read
 * and one write (bpf/jit.c nfp_bpf_opt_ldst_gather(), nfp_cpp_memcpy()).
 */
#include "cost_work.h"

#define COPY_BYTES 128

/* The chain of pairs that is being collected. */
struct chain {
	struct cost_insn *load, *store; /* its first */
	const struct cost_insn *last_load, *last_store;
	unsigned int pairs;
};

/* bpf/jit.c curr_pair_is_memcpy() */
static bool is_pair(const struct cost_insn *load, const struct cost_insn *store)
{
	if (!cost_is_load(load) || !cost_is_store(store))
		return false;
	if (load->fact->ptr.type != REG_PACKET &&
	    load->fact->ptr.type != REG_MAP_VALUE)
		return false;
	return store->fact->ptr.type == REG_PACKET &&
	       BPF_SIZE(load->insn.code) == BPF_SIZE(store->insn.code) &&
	       load->insn.dst_reg == store->insn.src_reg && !store->jump_target;
}

/* bpf/jit.c curr_pair_chain_with_previous() */
static bool continues(const struct chain *c, const struct cost_insn *load,
		      const struct cost_insn *store)
{
	const struct bpf_insn *ld = &load->insn, *st = &store->insn;
	const struct bpf_insn *last_ld = &c->last_load->insn;
	const struct bpf_insn *last_st = &c->last_store->insn;
	int size = cost_bytes(ld);

	if (ld->dst_reg != last_ld->dst_reg ||
	    ld->src_reg != last_ld->src_reg ||
	    st->dst_reg != last_st->dst_reg ||
	    BPF_SIZE(ld->code) != BPF_SIZE(last_ld->code) || load->jump_target)
		return false;
	if (last_ld->off + size == ld->off && last_st->off + size == st->off)
		return true;
	return ld->off + size == last_ld->off && st->off + size == last_st->off;
}

/* Might a load read what a store of the same chain wrote?
 * bpf/jit.c cross_mem_access()
 */
static bool overlaps(const struct chain *c, const struct cost_insn *load)
{
	const struct reg *from = &c->load->fact->ptr;
	const struct reg *to = &c->store->fact->ptr;
	int16_t first, written, here;

	if (from->type != to->type)
		return false;
	if (from->id != to->id)
		return true;
	first = c->load->insn.off + from->off;
	written = c->store->insn.off + to->off;
	here = load->insn.off + from->off;
	if (here > first)
		return first < written && here >= written;
	return here < first && first > written && here <= written;
}

/* A chain of one pair is none. Going down, it begins where it ends. */
static void chain_end(struct chain *c)
{
	if (c->pairs == 1)
		c->load->copy = 0;
	if (c->pairs > 1) {
		if (c->last_load->insn.off < c->load->insn.off) {
			c->load->insn.off = c->last_load->insn.off;
			c->store->insn.off = c->last_store->insn.off;
			c->load->copy = -c->load->copy;
		}
		c->load->copy_store = c->store;
		c->store->folded = true;
	}
	*c = (struct chain){ 0 };
}

static void chain_add(struct chain *c, struct cost_insn *load,
		      struct cost_insn *store)
{
	if (c->pairs) {
		load->folded = true;
		store->folded = true;
	} else {
		c->load = load;
		c->store = store;
	}
	c->load->copy += cost_bytes(&load->insn);
	c->last_load = load;
	c->last_store = store;
	c->pairs++;
}

/* What is left of a chain when the program ends is not ended: the driver then
 * has a copy without a store, see cost_copy().
 */
void cost_find_copies(struct cost_work *w)
{
	struct chain c = { 0 };

	for (unsigned int n = 0; n + 1 < w->count; n++) {
		struct cost_insn *load = &w->insns[n];
		bool pair = is_pair(load, load + 1);

		if (c.pairs &&
		    (!pair || !continues(&c, load, load + 1) ||
		     overlaps(&c, load) || c.load->copy >= COPY_BYTES))
			chain_end(&c);
		if (!pair)
			continue;
		chain_add(&c, load, load + 1);
		n++;
	}
}

/* The write half of bpf/jit.c nfp_cpp_memcpy() */
static int write_out(const struct bpf_insn *store, int len, int words)
{
	if (len <= 8 || (len <= 32 && len % 4 == 0))
		return 1;
	if (len <= 32 || len % 4 == 0)
		return 2;
	if (len <= 40)
		return 2 + cost_offset(store->off + 32);
	return 3 + cost_offset((uint8_t)(store->off + (words - 1) * 4));
}

/* bpf/jit.c nfp_cpp_memcpy(). Where no store ends the copy, it follows a null
 * pointer: -EFAULT stands for that.
 */
int cost_copy(const struct cost_insn *i)
{
	int len = i->copy < 0 ? -i->copy : i->copy;
	int words = (len + 3) / 4;
	int cost = cost_offset(i->insn.off);

	if (!i->copy_store)
		return -EFAULT;
	if (i->fact->ptr.type == REG_MAP_VALUE && i->insn.off)
		cost += 2;
	cost += (len > 32 ? 1 : 0) + 1 + words;
	cost += cost_offset(i->copy_store->insn.off);
	cost += write_out(&i->copy_store->insn, len, words);
	return cost + 2; /* the register that it went through */
}
