/* SPDX-License-Identifier: GPL-2.0-only */
/* Findings for people. */
#ifndef CHECK_FINDINGS_H
#define CHECK_FINDINGS_H

#include "check_text.h"

/* What is told at the time. */
struct telling {
	FILE *to;
	const struct check_arguments *args;
	const struct check_report *r;
	const char *kernel; /* who says so, NULL: there is but one */
};

/* "object: program: " */
void telling_begin(const struct telling *t);

/* One block after the other; those that differ in nothing but the instruction
 * are one.
 */
void telling_findings(const struct telling *t);

#endif
