/* SPDX-License-Identifier: GPL-2.0-only */
/* Which programs of an object are checked. */
#ifndef CHECK_OBJECT_CHOICE_H
#define CHECK_OBJECT_CHOICE_H

#include <bpf/libbpf.h>

#include "object_elf.h"

struct choice {
	char **names; /* of functions; owned */
	size_t count;
};

/**
 * choice_make() - the program that is named, or all XDP programs
 * @name: of a function or a section, or NULL
 * @out:  ended with choice_free(), also after a failure
 *
 * Return: 0; -ENOENT with a sentence in @e's; -ENOMEM.
 */
int choice_make(const struct elf *e, const struct bpf_object *obj,
		const char *name, struct choice *out);
void choice_free(struct choice *choice);

#endif
