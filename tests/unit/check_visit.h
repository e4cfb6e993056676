/* SPDX-License-Identifier: GPL-2.0-only */
/* A hand-made program and state, to ask the driver's rules about. */
#ifndef CHECK_VISIT_H
#define CHECK_VISIT_H

#include "check/check_code.h"
#include "check/driver.h"
#include "profile.h"

/* What a register holds. */
struct holds {
	unsigned int reg;
	enum reg_type type; /* REG_NOT_INIT: nothing is said */
	int off;
	uint64_t value, mask; /* of the number, or of the variable part */
	unsigned int frame;
	bool in_map; /* a map, or a value: of map 1 */
};

struct visiting {
	struct code code;
	struct bpf_insn insns[4];
	struct code_map maps[2]; /* [0]: events; [1]: an array, 16 bytes */
	struct profile profile;
	struct check_report report;
	struct checking c;
	struct facts facts;
	struct fact fact[4];
	struct subprog subprog[2];
	struct driver d;
	struct frame frames[2];
	struct stack_word stack[4];
	struct state s;
};

/* All registers unknown numbers, all helpers in the firmware. */
void visit_start(struct visiting *v);
void visit_end(struct visiting *v);
void visit_hold(struct visiting *v, const struct holds *h);
int visit_at(struct visiting *v, unsigned int n, struct bpf_insn insn);

#endif
