/* SPDX-License-Identifier: GPL-2.0-only */
/* The routines of the firmware that programs call: maps and events.
 *
 * Registers at a call (nfp driver, jit.c map_call_stack_common() and
 * nfp_perf_event_output()): B0 the return address; A0 the table's id, local
 * memory pointer 0 the key and 2 the value; or A1 the kind of pointer in R4.
 * BPF's register n is in 2n and 2n + 1 of both banks, and so is the result.
 */
#ifndef CARD_ROUTINES_H
#define CARD_ROUTINES_H

#include <stdbool.h>
#include <stdint.h>

#include "card/me.h"
#include "card/program.h"

#define ROUTINE_R(n) (2 * (n))

extern const char routine_unknown[]; /* "an argument is unknown" */

/* As in struct me_ops. Only what the profile exports is @known. */
const char *routines_call(struct program *program, struct me *me, uint32_t pc,
			  bool *known);

/* Each sets *@result on NULL, or says what stops the program. */
const char *routine_map_lookup(struct program *program, struct me *me,
			       int64_t *result);
const char *routine_map_update(struct program *program, struct me *me,
			       int64_t *result);
const char *routine_map_delete(struct program *program, struct me *me,
			       int64_t *result);
const char *routine_event(struct program *program, struct me *me,
			  int64_t *result);

#endif
