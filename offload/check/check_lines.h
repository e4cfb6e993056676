/* SPDX-License-Identifier: GPL-2.0-only */
/* What each source line costs over the whole program: the compiler spreads a
 * line over it, and inlines it more than once.
 */
#ifndef CHECK_LINES_H
#define CHECK_LINES_H

#include "check.h"

struct check_line {
	const struct check_insn *insn; /* the first of it in the program */
	unsigned int words;
};

struct check_lines {
	struct check_line *lines; /* in the order of the program */
	size_t count;
	size_t *of; /* index of its line, by instruction */
};

/**
 * check_lines_start() - add up a report's instructions by line
 * @out: what has no line is one, too; freed with check_lines_end()
 *
 * Return: 0 or -ENOMEM.
 */
int check_lines_start(struct check_lines *out, const struct check_report *r);

void check_lines_end(struct check_lines *lines);

#endif
