/* SPDX-License-Identifier: GPL-2.0-only */
/* Reports for people. */
#ifndef CHECK_TEXT_H
#define CHECK_TEXT_H

#include <stdio.h>

#include "check_both.h"

/* One finding after the other, the listing where it is asked for, the verdict
 * with the program's numbers. What comes from the object is printed without
 * control characters.
 */
void check_text(FILE *to, const struct check_arguments *args,
		const struct check_both *both, size_t program);

/* "refused", "unsafe" or "undecided". */
const char *check_label(const struct check_finding *finding);

/* "accepted", "refused" or "undecided". */
const char *check_verdict_name(enum check_verdict verdict);

/* "EINVAL"; NULL where none is known. */
const char *check_errno_name(const struct check_finding *finding);

/* "verifier log", "kernel log", "answer to attaching" or "nowhere". */
const char *check_where_name(enum rule_where where);

#endif
