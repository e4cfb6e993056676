/* SPDX-License-Identifier: GPL-2.0-only */
/* The words of a command line, made one by one. */
#ifndef LAB_ARGS_H
#define LAB_ARGS_H

#include <stdbool.h>

struct lab_args {
	char *words[80]; /* ends with a NULL; owned */
	unsigned int count;
	bool lost; /* no memory or no room for one */
};

__attribute__((format(printf, 2, 3))) void lab_args_add(struct lab_args *args,
							const char *format,
							...);

/* Put "KEY" and @value behind the last word; QEMU wants a comma in a value to
 * be doubled.
 */
void lab_args_append_value(struct lab_args *args, const char *key,
			   const char *value);
void lab_args_free(struct lab_args *args);

#endif
