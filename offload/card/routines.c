/* SPDX-License-Identifier: GPL-2.0-only */
#include <stddef.h>

#include "card/program_state.h"
#include "card/routines.h"

const char routine_unknown[] = "an argument of a routine is unknown";

/* Addresses are as good as any below the programs. */
static const struct routine {
	uint32_t id; /* of the helper in <linux/bpf.h> */
	uint32_t address;
	const char *(*run)(struct program *program, struct me *me,
			   int64_t *result);
} routines[] = {
	{ 1, 0x200, routine_map_lookup },
	{ 2, 0x240, routine_map_update },
	{ 3, 0x280, routine_map_delete },
	{ 25, 0x2c0, routine_event },
};

#define ROUTINES (sizeof(routines) / sizeof(routines[0]))

uint32_t program_routine(uint32_t helper_id)
{
	for (size_t i = 0; i < ROUTINES; i++)
		if (routines[i].id == helper_id)
			return routines[i].address;
	return 0;
}

static const struct routine *routine_at(const struct profile *profile,
					uint32_t pc)
{
	for (size_t i = 0; i < ROUTINES; i++)
		if (routines[i].address == pc &&
		    profile->helpers & 1U << routines[i].id)
			return &routines[i];
	return NULL;
}

/* R1 to R5 are lost as in every call of BPF. 12 to 22 are kept: R6 to R9, what
 * the driver's code uses for itself, the stack's address, the packet's length.
 * What the firmware does with the others is assumed to be the worst.
 */
static void lose_registers(struct me *me)
{
	me_forget_gprs(me, ROUTINE_R(0), ROUTINE_R(6) - 1);
	me_forget_gprs(me, 23, ME_REGISTERS - 1);
	me_forget_xfers(me);
}

const char *routines_call(struct program *program, struct me *me, uint32_t pc,
			  bool *known)
{
	const struct routine *routine = routine_at(program->profile, pc);
	uint32_t back;
	int64_t result = 0;
	const char *why;

	*known = routine;
	if (!routine)
		return NULL;
	if (!me_get_gpr_b(me, 0, &back))
		return "a routine's return address is unknown";
	why = routine->run(program, me, &result);
	if (why)
		return why;
	lose_registers(me);
	me_set_gpr(me, ROUTINE_R(0), result);
	me_set_gpr(me, ROUTINE_R(0) + 1, result >> 32);
	me_return(me, back);
	return NULL;
}
