/* SPDX-License-Identifier: GPL-2.0-only */
/* One visit of one instruction, as the parts of the driver's rules share it. */
#ifndef CHECK_DRIVER_INSN_H
#define CHECK_DRIVER_INSN_H

#include "driver.h"

struct visit {
	struct driver *d;
	const struct state *s;
	unsigned int n; /* index of the instruction */
	const struct bpf_insn *insn;
	struct fact *fact;
};

/* How a word of a map's value is used (bpf/main.h enum nfp_bpf_map_use). */
enum map_use {
	MAP_UNUSED,
	MAP_READ,
	MAP_ATOMIC,
};

struct map_word {
	enum map_use use;
	bool non_zero;	 /* written by a program with what may be no zero */
	bool zero_spill; /* only with what the older kernel knew to be zero */
};

struct driver_maps {
	struct map_word **words; /* by map; NULL: none on the card */
	/* Per instruction, for driver_cache.c: is jumped to; loads before it
	 * that went through another pointer on some path.
	 */
	bool *targets;
	uint64_t *differs;
};

/* Each returns 0, or -1 where the driver refuses. */
int visit_pointer(const struct visit *v, unsigned int reg);
int visit_store(const struct visit *v);
int visit_atomic(const struct visit *v);
int visit_alu(const struct visit *v);
int visit_helper(const struct visit *v);
/* driver_result.c: never refuses. */
int visit_exit(const struct visit *v);
int map_mark_used(const struct visit *v, const struct reg *reg,
		  enum map_use use);
int map_update_value(const struct visit *v, const struct reg *map,
		     const struct reg *value);

/* Has the driver's compiler anything to make of it? (bpf/jit.c instr_cb) */
bool driver_knows_opcode(unsigned char code);

int driver_cache_start(struct driver *d);
void driver_cache_end(struct driver *d);
/* After a load was visited, and taken. */
void driver_cache_visit(const struct visit *v);
/* After all paths were followed: U1. */
void driver_check_cache(struct driver *d);

int driver_maps_start(struct driver *d);
void driver_maps_end(struct driver *d);

static inline struct check_finding *about_map(const struct visit *v,
					      const struct reg *reg,
					      struct check_finding *f)
{
	if (f && reg->map >= 0)
		f->map = v->d->c->code->maps[reg->map].name;
	return f;
}

/* Say no in the driver's words; @... begins with a literal format. */
#define refuse(v, rule, err, ...) \
	(finding_add((v)->d->c, rule, (v)->n, err, "[nfp] " __VA_ARGS__), -1)
#define refuse_map(v, reg, rule, err, ...)                   \
	(about_map(v, reg,                                   \
		   finding_add((v)->d->c, rule, (v)->n, err, \
			       "[nfp] " __VA_ARGS__)),       \
	 -1)

#define TYPE_NUMBER(v, reg) reg_type_number((reg)->type, (v)->d->c->kernel)

#endif
