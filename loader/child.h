/* SPDX-License-Identifier: GPL-2.0-only */
/* Another program, run to its end, and what it printed. */
#ifndef CHILD_H
#define CHILD_H

#include <stddef.h>

struct child {
	int status; /* exit status; 128 and more: the signal that ended it */
	char *out;  /* standard output, NUL at its end */
	char *err;  /* standard error */
};

/**
 * child_run() - run @argv[0], found as execvp() finds it
 * @netns: network namespace that it runs in; -1: this one
 * @child: freed with child_free(), also after a failure
 *
 * The child's signals are blocked as the caller's are, and it is out of the
 * terminal's reach, so that an interrupt does not end it half way.
 *
 * Return: 0 when it ran, -ENOENT where there is no such program, or -errno.
 */
int child_run(char *const argv[], int netns, struct child *child);

void child_free(struct child *child);

#endif
