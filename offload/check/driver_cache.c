/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads that share one bus read, although their pointers differ on some path
 * (U1). The driver's compiler compares pointers as they were at the last visit
 * (nfp driver, bpf/jit.c nfp_bpf_opt_pkt_cache()).
 *
 * Sharing ends where something jumps to, at a call, at a store into the packet
 * and at another load. So a load that is shared with was passed on the same
 * path just before, and its pointer of then is still known.
 */
#include <errno.h>
#include <stdlib.h>

#include "driver_insn.h"

#define SHARED_BYTES 64 /* of one bus read */
#define LOADS_BACK   64 /* loads that are looked back at: bits of a mask */
#define INSNS_BACK   256

static bool is_load(const struct bpf_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_LDX &&
	       BPF_MODE(insn->code) == BPF_MEM;
}

static bool is_store(const struct bpf_insn *insn)
{
	return BPF_CLASS(insn->code) == BPF_STX &&
	       BPF_MODE(insn->code) == BPF_MEM;
}

static bool is_packet_load(const struct driver *d, unsigned int n)
{
	return is_load(&d->c->code->insns[n]) &&
	       d->facts->insns[n].ptr.type == REG_PACKET;
}

static bool ends_sharing(const struct driver *d, unsigned int n)
{
	const struct bpf_insn *insn = &d->c->code->insns[n];
	enum reg_type type = d->facts->insns[n].ptr.type;

	if (insn->code == (BPF_JMP | BPF_CALL))
		return true;
	if (is_store(insn))
		return type == REG_PACKET;
	return is_load(insn) && type != REG_PACKET && type != REG_NOT_INIT;
}

/* Jumps count where no path leads as well: the compiler marks them before. */
static void mark_target(const struct code *code, unsigned int n, bool *targets)
{
	const struct bpf_insn *insn = &code->insns[n];
	bool is_call = BPF_OP(insn->code) == BPF_CALL;
	int64_t to = (int64_t)n + 1 + (is_call ? insn->imm : insn->off);

	if (BPF_CLASS(insn->code) != BPF_JMP &&
	    BPF_CLASS(insn->code) != BPF_JMP32)
		return;
	if (BPF_OP(insn->code) == BPF_EXIT ||
	    (is_call && insn->src_reg != BPF_PSEUDO_CALL))
		return;
	if (to >= 0 && to < code->insn_count)
		targets[to] = true;
}

int driver_cache_start(struct driver *d)
{
	const struct code *code = d->c->code;
	struct driver_maps *m = d->maps;

	m->targets = calloc(code->insn_count + 1, sizeof(*m->targets));
	m->differs = calloc(code->insn_count + 1, sizeof(*m->differs));
	if (!m->targets || !m->differs)
		return -ENOMEM;
	for (unsigned int i = 0; i < code->insn_count; i++)
		mark_target(code, i, m->targets);
	return 0;
}

void driver_cache_end(struct driver *d)
{
	free(d->maps->targets);
	free(d->maps->differs);
}

static bool is_same(const struct reg *a, const struct reg *b)
{
	return a->id == b->id && a->off == b->off;
}

/* Bit k of the mask: differs from the load k + 1 loads before. */
void driver_cache_visit(const struct visit *v)
{
	const struct driver *d = v->d;
	unsigned int back = 0, n = v->n;

	if (!is_packet_load(d, n))
		return;
	while (n && !d->maps->targets[n] && v->n - n < INSNS_BACK &&
	       back < LOADS_BACK) {
		n--;
		if (ends_sharing(d, n))
			return;
		if (!is_packet_load(d, n))
			continue;
		if (!is_same(&v->fact->ptr, &d->facts->insns[n].ptr))
			d->maps->differs[v->n] |= 1ULL << back;
		back++;
	}
}

/* The loads that share at the moment. */
struct shared {
	bool valid;
	unsigned int first; /* instruction that reads for all */
	unsigned int loads; /* since then */
	int start, end;
};

static unsigned int load_bytes(const struct bpf_insn *insn)
{
	static const unsigned int bytes[] = { 4, 2, 1, 8 };

	return bytes[BPF_SIZE(insn->code) >> 3];
}

static bool joins(const struct driver *d, struct shared *s, unsigned int n)
{
	const struct bpf_insn *insn = &d->c->code->insns[n];
	int start = insn->off, end = start + (int)load_bytes(insn);

	if (!s->valid ||
	    !is_same(&d->facts->insns[n].ptr, &d->facts->insns[s->first].ptr))
		return false;
	start = start < s->start ? start : s->start;
	end = end > s->end ? end : s->end;
	if (end - start > SHARED_BYTES && (start != s->start || end != s->end))
		return false;
	s->start = start;
	s->end = end;
	return true;
}

/* Such a pair may become a copy, which reads for itself. */
static bool may_be_copy(const struct driver *d, unsigned int n)
{
	const struct bpf_insn *load = &d->c->code->insns[n], *store = load + 1;

	return n + 1 < d->c->code->insn_count && is_store(store) &&
	       store->src_reg == load->dst_reg &&
	       d->facts->insns[n + 1].ptr.type == REG_PACKET;
}

static void check_load(struct driver *d, struct shared *s, unsigned int n)
{
	const struct bpf_insn *insn = &d->c->code->insns[n];

	if (!joins(d, s, n)) {
		*s = (struct shared){
			.valid = true,
			.first = n,
			.start = insn->off,
			.end = insn->off + (int)load_bytes(insn),
		};
		return;
	}
	if (s->loads < LOADS_BACK && !may_be_copy(d, n) &&
	    d->maps->differs[n] & 1ULL << s->loads)
		finding_add(d->c, RULE_U1, n, 0, NULL);
	s->loads++;
}

void driver_check_cache(struct driver *d)
{
	struct shared s = { 0 };

	for (unsigned int n = 0; n < d->c->code->insn_count; n++) {
		if (d->maps->targets[n])
			s.valid = false;
		if (!d->facts->insns[n].reached)
			continue;
		if (ends_sharing(d, n))
			s.valid = false;
		else if (is_packet_load(d, n))
			check_load(d, &s, n);
	}
}
