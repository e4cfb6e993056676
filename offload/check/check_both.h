/* SPDX-License-Identifier: GPL-2.0-only */
/* A kernel between two that are known: what both of them say. */
#ifndef CHECK_BOTH_H
#define CHECK_BOTH_H

#include "check_options.h"

struct check_both {
	struct check_report *reports;
	struct check_report *later; /* of the newer one; NULL: one was asked */
	size_t count;
};

/**
 * check_both() - check an object as the command line says
 * @out: freed with check_both_free(); written on success only
 * @why: one sentence on failure
 *
 * Return: as check_file().
 */
int check_both(const struct check_arguments *args, struct check_both *out,
	       char *why, size_t room);
void check_both_free(struct check_both *both);

/* The newer kernel's report of a program, where its verdict is another one;
 * else NULL.
 */
const struct check_report *check_other(const struct check_both *both,
				       size_t program);

/* Undecided where the two do not agree. */
enum check_verdict check_verdict_of(const struct check_both *both,
				    size_t program);

#endif
