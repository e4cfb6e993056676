/* SPDX-License-Identifier: GPL-2.0-only */
/* How words of maps' values are used: as data, or as counters, whose bytes the
 * driver swaps for user space (nfp driver, bpf/verifier.c
 * nfp_bpf_map_mark_used(), nfp_bpf_map_update_value_ok()).
 */
#include <errno.h>
#include <stdlib.h>

#include "driver_insn.h"

#define VALUE_MAX (1 << 16) /* bytes; what is longer is on no card */

int driver_maps_start(struct driver *d)
{
	const struct code *code = d->c->code;

	d->maps->words = calloc(code->map_count + 1, sizeof(*d->maps->words));
	if (!d->maps->words)
		return -ENOMEM;
	for (unsigned int i = 0; i < code->map_count; i++) {
		if (!code->maps[i].value || code->maps[i].value > VALUE_MAX)
			continue;
		d->maps->words[i] = calloc((code->maps[i].value + 3) / 4,
					   sizeof(*d->maps->words[i]));
		if (!d->maps->words[i])
			return -ENOMEM;
	}
	return 0;
}

void driver_maps_end(struct driver *d)
{
	for (unsigned int i = 0; d->maps->words && i < d->c->code->map_count;
	     i++)
		free(d->maps->words[i]);
	free(d->maps->words);
}

static struct map_word *map_words(const struct visit *v, const struct reg *reg)
{
	return reg->map < 0 ? NULL : v->d->maps->words[reg->map];
}

static const char *use_name(enum map_use use)
{
	return use == MAP_READ ? "read" : "atomic";
}

static int mark_one(const struct visit *v, const struct reg *reg,
		    struct map_word *word, unsigned int off, enum map_use use)
{
	if (word->use != MAP_UNUSED && word->use != use)
		return refuse_map(v, reg, RULE_M9, EOPNOTSUPP,
				  "map value use type conflict %s vs %s off: "
				  "%u",
				  use_name(word->use), use_name(use), off);
	if (word->non_zero && use == MAP_ATOMIC)
		return refuse_map(v, reg, word->zero_spill ? RULE_V1 : RULE_M10,
				  EOPNOTSUPP,
				  "atomic counter in map value may already be "
				  "initialized to non-zero value off: %u",
				  off);
	word->use = use;
	return 0;
}

static unsigned int access_bytes(const struct bpf_insn *insn)
{
	static const unsigned int bytes[] = { 4, 2, 1, 8 };

	return bytes[BPF_SIZE(insn->code) >> 3];
}

int map_mark_used(const struct visit *v, const struct reg *reg,
		  enum map_use use)
{
	struct map_word *words = map_words(v, reg);
	uint32_t size = access_bytes(v->insn), off, value;
	int err = 0;

	if (!tnum_is_const(reg->var.bits))
		return refuse_map(v, reg, RULE_M7, EOPNOTSUPP,
				  "map value offset is variable");
	if (reg->map < 0)
		return 0;
	value = v->d->c->code->maps[reg->map].value;
	off = (uint32_t)reg->var.bits.value + v->insn->off + reg->off;
	if (off + size > value)
		return refuse_map(v, reg, RULE_M7, EINVAL,
				  "map value access out-of-bounds");
	/* In front of the value the sum overflows (U5). The kernel's own check
	 * would come next.
	 */
	if (off >= value) {
		about_map(v, reg,
			  finding_add(v->d->c, RULE_U5, v->n, 0,
				      "BUG: unable to handle page fault"));
		return 0;
	}
	if (!words)
		return 0;
	for (uint32_t i = 0; i < size && !err; i += 4 - (off + i) % 4)
		err = mark_one(v, reg, &words[(off + i) / 4], off + i, use);
	return err;
}

/* Linux 6.1 marks the bytes of a zero as zeros; later ones keep the register
 * that was stored (V1).
 */
static bool is_spilled_zero(const struct frame *frame, int off)
{
	unsigned int word = (unsigned int)(-off - 1) / 8;
	const struct reg *reg;

	if (stack_slot(frame, off) != SLOT_SPILL || word >= frame->words)
		return false;
	reg = &frame->stack[word].reg;
	return reg->type == REG_SCALAR && scalar_is_const(&reg->var) &&
	       !reg->var.bits.value;
}

static int update_byte(const struct visit *v, const struct reg *map,
		       const struct frame *frame, int off, unsigned int i)
{
	struct map_word *word = &map_words(v, map)[i / 4];
	bool spilled;

	if (stack_slot(frame, off) == SLOT_ZERO)
		return 0;
	spilled = is_spilled_zero(frame, off);
	if (word->use == MAP_ATOMIC)
		return refuse_map(v, map, spilled ? RULE_V1 : RULE_F2,
				  EOPNOTSUPP,
				  "value at offset %d/%d may be non-zero, "
				  "bpf_map_update_elem() is required to "
				  "initialize atomic counters to zero to avoid "
				  "offload endian issues",
				  (int)i, -off - 1);
	word->zero_spill = spilled && (!word->non_zero || word->zero_spill);
	word->non_zero = true;
	return 0;
}

/* The driver looks at what the kernel knows of the stack, which has no more than
 * was written so far.
 */
static bool is_outside(const struct frame *frame, int off)
{
	return off >= 0 || off < -8 * (int)frame->words;
}

int map_update_value(const struct visit *v, const struct reg *map,
		     const struct reg *value)
{
	const struct frame *frame = v->s->frames[value->frame];
	int off = value->off + (int)value->var.bits.value;
	int err = 0;

	if (map->type != REG_MAP || !map_words(v, map))
		return 0;
	for (unsigned int i = 0;
	     i < v->d->c->code->maps[map->map].value && !err; i++) {
		if (is_outside(frame, off + (int)i)) {
			finding_add(v->d->c, RULE_U11, v->n, 0,
				    "BUG: unable to handle page fault");
			return 0;
		}
		err = update_byte(v, map, frame, off + (int)i, i);
	}
	return err;
}
