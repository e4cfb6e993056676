/* SPDX-License-Identifier: GPL-2.0-only */
/* Findings while a program is being checked. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include "check.h"
#include "code.h"

/* What the parts of the checker share of one program. */
struct checking {
	const struct code *code;
	const struct profile *profile;
	enum check_kernel kernel;
	unsigned int mtu;
	unsigned long explore; /* 0: a kernel's own limit */
	struct check_report *report;
	bool no_memory; /* the answer is not complete */
};

/**
 * finding_add() - say that a rule is broken
 * @insn:   -1 where it is about none
 * @err:    as the kernel's errno, positive; 0: the rule's own
 * @format: driver's or kernel's words, as printf(); NULL: it says nothing
 *
 * A rule is told once for each instruction, the first time: later findings of
 * the same rule at the same instruction are dropped. Findings are kept in
 * order of their rules' stages, within a stage as they come.
 *
 * Return: the finding, NULL if it was told already.
 */
struct check_finding *finding_add(struct checking *c, enum rule_id rule,
				  int insn, int err, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The same for what cannot be decided here. @format: "on ...", what it depends
 * on; NULL: the rule says it.
 */
struct check_finding *finding_undecided(struct checking *c, enum rule_id rule,
					int insn, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* The same about a map, before any instruction is looked at. */
struct check_finding *finding_map(struct checking *c, enum rule_id rule,
				  const struct code_map *map, int err,
				  const char *format, ...)
	__attribute__((format(printf, 5, 6)));

#endif
