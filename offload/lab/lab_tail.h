/* SPDX-License-Identifier: GPL-2.0-only */
/* The end of what somebody said, kept until it is clear whether it matters. */
#ifndef LAB_TAIL_H
#define LAB_TAIL_H

#include <stddef.h>
#include <stdio.h>

struct lab_tail {
	char text[8192];
	size_t len;
};

void lab_tail_add(struct lab_tail *tail, const char *data, size_t len);

/* The first line in which @what stands, or NULL. */
const char *lab_tail_find(const struct lab_tail *tail, const char *what);

/* The last line, empty if there is none; it may end with a newline. */
const char *lab_tail_last(const struct lab_tail *tail);

/* The last @lines lines, each behind @prefix. */
void lab_tail_print(const struct lab_tail *tail, unsigned int lines,
		    const char *prefix, FILE *to);

#endif
