/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stddef.h>

#include "card/map_memory.h"
#include "card/program_state.h"
#include "card/routines.h"

/* Kinds of pointers: fw.h of the nfp driver's bpf folder. */
enum {
	KIND_SCALAR = 1, /* NULL */
	KIND_MAP_VALUE = 4,
	KIND_STACK = 6,
	KIND_PACKET = 8,
};

/* bpf_perf_event_output(ctx, map, flags, data, size): the map as the host's id
 * of it (nfp driver, jit.c nfp_bpf_replace_map_ptrs()), the packet's bytes to
 * send in bits 32..51 of the flags (<linux/bpf.h>, BPF_F_CTXLEN_MASK).
 */
struct event_args {
	uint32_t map, map_high;
	uint32_t packet_len;
	uint32_t kind;
	uint32_t data, data_high;
	uint32_t len;
};

#define PACKET_LEN_BITS 0xfffff

static bool get_args(const struct me *me, struct event_args *args)
{
	if (!me_get_gpr_a(me, 1, &args->kind) ||
	    !me_get_gpr_a(me, ROUTINE_R(2), &args->map) ||
	    !me_get_gpr_a(me, ROUTINE_R(2) + 1, &args->map_high) ||
	    !me_get_gpr_a(me, ROUTINE_R(3) + 1, &args->packet_len) ||
	    !me_get_gpr_a(me, ROUTINE_R(5), &args->len) ||
	    !me_get_gpr_a(me, ROUTINE_R(4), &args->data) ||
	    !me_get_gpr_a(me, ROUTINE_R(4) + 1, &args->data_high))
		return false;
	args->packet_len &= PACKET_LEN_BITS;
	return true;
}

static const char *get_bytes(struct program *program, struct me *me,
			     const struct event_args *args, void *data,
			     uint32_t *defined)
{
	uint64_t map_value = ((uint64_t)args->data_high << 8) + args->data;

	switch (args->kind) {
	case KIND_STACK:
		if (me_lmem_read(me, args->data, data, args->len))
			return NULL;
		return "an event's data on the stack is not initialized";
	case KIND_MAP_VALUE:
		return map_memory_read(program->maps, map_value, data,
				       args->len, defined);
	case KIND_PACKET:
		return packet_read(&program->packet, me, args->data, data,
				   args->len, defined);
	}
	return "an event's data is in an unknown place";
}

static const char *get_data(struct program *program, struct me *me,
			    const struct event_args *args, void *data)
{
	uint32_t defined = args->len;
	const char *why = get_bytes(program, me, args, data, &defined);

	if (!why && defined < args->len)
		return "an event's data runs past where it is";
	return why;
}

/* As in the kernel: -EFAULT for more of the packet than there is, -E2BIG for
 * more data than one of the card's messages takes. Assumed: what the firmware
 * answers is not known, and that all of it is core 0.
 */
const char *routine_event(struct program *program, struct me *me,
			  int64_t *result)
{
	static uint8_t data[ME_LMEM_BYTES];
	struct event_args args;
	struct program_event event;
	const char *why;

	if (!get_args(me, &args))
		return routine_unknown;
	*result = -E2BIG;
	if (args.len > sizeof(data))
		return NULL;
	*result = -EFAULT;
	event = (struct program_event){
		.map = (uint64_t)args.map_high << 32 | args.map,
		.packet = packet_now(&program->packet, me, args.packet_len),
		.packet_len = args.packet_len,
		.data = data,
		.data_len = args.kind == KIND_SCALAR ? 0 : args.len,
	};
	if (!event.packet)
		return NULL;
	why = event.data_len ? get_data(program, me, &args, data) : NULL;
	if (why)
		return why;
	if (program->host)
		program->host->event(program->host->priv, &event);
	*result = 0;
	return NULL;
}
