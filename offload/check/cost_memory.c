/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads, stores and atomic additions. */
#include <stddef.h>

#include "cost_work.h"

static int words(unsigned int bytes)
{
	return (bytes + 3) / 4;
}

/* bpf/jit.c data_ld_host_order() */
static int load_command(const struct cost_insn *i)
{
	unsigned int size = cost_bytes(&i->insn);

	return 1 + words(size) + (size < 8 ? cost_zext(i) : 0);
}

/* Only the ends of the packet are there (bpf/jit.c mem_ldx_xdp()). */
static int load_context(const struct cost_insn *i)
{
	if (cost_bytes(&i->insn) != 4 ||
	    (i->insn.off != offsetof(struct xdp_md, data) &&
	     i->insn.off != offsetof(struct xdp_md, data_end)))
		return -EOPNOTSUPP;
	return 2;
}

/* The cache is marked as there by where it ends, so that one which ends at
 * the pointer is none (bpf/jit.c mem_ldx(), mem_ldx_data()).
 */
static int load_packet(const struct cost_insn *i)
{
	if (i->cache_end)
		return cost_cached(i);
	return cost_offset(i->insn.off) + load_command(i);
}

/* Addresses of 40 bits are added up first (bpf/jit.c mem_ldx_emem(),
 * addr40_offset()).
 */
static int load_map_value(const struct cost_insn *i)
{
	return cost_offset(i->insn.off) + (i->insn.off ? 2 : 0) +
	       load_command(i);
}

/* bpf/jit.c mem_ldx() */
int cost_load(struct cost_work *w, const struct cost_insn *i)
{
	if (i->copy)
		return cost_copy(i);
	switch (i->fact->ptr.type) {
	case REG_CTX:
		return load_context(i);
	case REG_PACKET:
		return load_packet(i);
	case REG_STACK:
		return cost_stack(w, i);
	case REG_MAP_VALUE:
		return load_map_value(i);
	default:
		return -EOPNOTSUPP;
	}
}

/* bpf/jit.c mem_stx_xdp(), nfp_queue_select() */
static int store_context(const struct cost_insn *i)
{
	if (cost_bytes(&i->insn) != 4 ||
	    i->insn.off != offsetof(struct xdp_md, rx_queue_index))
		return -EOPNOTSUPP;
	return 5;
}

/* bpf/jit.c mem_stx(), mem_stx_data(). BPF_ST is compiled, but the verifier's
 * side of the driver never notes its pointer (bpf/jit.c mem_st()).
 */
int cost_store(struct cost_work *w, const struct cost_insn *i)
{
	if (BPF_CLASS(i->insn.code) == BPF_ST)
		return -EOPNOTSUPP;
	switch (i->fact->ptr.type) {
	case REG_CTX:
		return store_context(i);
	case REG_PACKET:
		return cost_offset(i->insn.off) + words(cost_bytes(&i->insn)) +
		       1;
	case REG_STACK:
		return cost_stack(w, i);
	default:
		return -EOPNOTSUPP;
	}
}

/* A number of 16 bits is part of the command; where that is open, both forms
 * are there with a branch (bpf/jit.c mem_xadd()).
 */
int cost_atomic(const struct cost_insn *i)
{
	bool small = i->fact->xadd_maybe_16bit;
	bool large = i->fact->xadd_over_16bit;
	int cost = cost_operand(i->insn.off) + (i->insn.off ? 2 : 0);

	if (i->insn.imm != BPF_ADD)
		return -EOPNOTSUPP;
	if (small)
		cost += 3;
	if (large)
		cost += 1 + words(cost_bytes(&i->insn));
	if (small && large)
		cost += 5;
	return cost;
}
