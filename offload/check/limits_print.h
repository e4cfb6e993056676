/* SPDX-License-Identifier: GPL-2.0-only */
/* hwdocs/limits.md, made of the table of rules and the profiles. */
#ifndef CHECK_LIMITS_H
#define CHECK_LIMITS_H

#include <stdio.h>

void limits_print(FILE *out);

/* What was written by hand: before the tables, and after them. */
extern const char limits_head[], limits_tail[];

#endif
