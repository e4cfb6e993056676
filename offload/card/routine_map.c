/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>

#include "card/program_state.h"
#include "card/routines.h"

/* A field of a control message, so no key or value is longer. */
#define BYTES_MAX 64

struct map_args {
	uint32_t tid;
	const struct maps_shape *shape; /* NULL: no such table */
	uint8_t key[BYTES_MAX];
};

static const char *from_pointer(const struct me *me, unsigned int which,
				void *data, uint32_t len)
{
	bool settled;
	uint32_t addr = me_lm_addr(me, which, &settled);

	if (!settled)
		return "a routine's local memory pointer has not settled";
	if (!me_lmem_read(me, addr, data, len))
		return "a key or value on the stack is not initialized";
	return NULL;
}

static const char *map_args(struct program *program, struct me *me,
			    struct map_args *args)
{
	if (!me_get_gpr_a(me, 0, &args->tid))
		return routine_unknown;
	args->shape = maps_shape(program->maps, args->tid);
	if (!args->shape)
		return NULL;
	return from_pointer(me, 0, args->key, args->shape->key_size);
}

/* The value's address: the first register is added to the second times 256,
 * 0 and 0 without an entry (Netronome/nic-firmware, maps/hashmap.uc
 * htab_map_lookup_subr_func()).
 */
const char *routine_map_lookup(struct program *program, struct me *me,
			       int64_t *result)
{
	struct map_args args;
	const char *why = map_args(program, me, &args);
	uint64_t address = 0;

	if (!why && args.shape)
		address = maps_address(program->maps, args.tid,
				       maps_lookup(program->maps, args.tid,
						   args.key));
	*result = (address >> 32) << (32 + 24) | (address & UINT32_MAX);
	return why;
}

/* -EINVAL without a table, -ENOMEM without room, -ENOENT without an entry:
 * hashmap.uc, htab_map_update_subr_func() and htab_map_delete_subr_func().
 * -EEXIST and heeding the flags are assumed; so is that a negative number fills
 * both registers, as the driver's own helpers do.
 */
static int64_t map_result(enum maps_error error)
{
	switch (error) {
	case MAPS_OK:
		return 0;
	case MAPS_NO_ENTRY:
		return -ENOENT;
	case MAPS_EXISTS:
		return -EEXIST;
	case MAPS_FULL:
	case MAPS_NO_MEMORY:
		return -ENOMEM;
	default:
		return -EINVAL;
	}
}

const char *routine_map_update(struct program *program, struct me *me,
			       int64_t *result)
{
	struct map_args args;
	uint8_t value[BYTES_MAX];
	const char *why = map_args(program, me, &args);
	uint32_t flags;

	if (!why && !me_get_gpr_a(me, ROUTINE_R(4), &flags))
		why = routine_unknown;
	if (!why && args.shape)
		why = from_pointer(me, 2, value, args.shape->value_size);
	if (why)
		return why;
	*result = map_result(
		maps_update(program->maps, args.tid, args.key, value, flags));
	return NULL;
}

const char *routine_map_delete(struct program *program, struct me *me,
			       int64_t *result)
{
	struct map_args args;
	const char *why = map_args(program, me, &args);

	if (!why)
		*result = map_result(
			maps_delete(program->maps, args.tid, args.key));
	return why;
}
