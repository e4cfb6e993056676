/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looks through type information before libbpf does: every record within its
 * section, every name and type there, no type part of itself.
 */
#ifndef CHECK_OBJECT_BTF_H
#define CHECK_OBJECT_BTF_H

#include <linux/btf.h>

#include "object_elf.h"

struct btf_file {
	const struct elf *elf;
	const uint8_t *types; /* NULL: the object has no BTF */
	const char *strings;
	uint32_t string_bytes;
	uint32_t *offsets; /* of each type, by its number; [0] is void */
	uint32_t count;	   /* with void */
	/* CO-RE relocations: records of core_size bytes in core_bytes. */
	const uint8_t *core;
	uint32_t core_bytes;
	uint32_t core_size;
};

/**
 * btf_open() - find and check .BTF and .BTF.ext
 * @b: ended with btf_close(), also after a failure
 *
 * Return: 0, -ENOEXEC, -EFBIG or -ENOMEM, with a sentence in @elf's.
 */
int btf_open(struct btf_file *b, const struct elf *elf);
void btf_close(struct btf_file *b);

const struct btf_type *btf_type_of(const struct btf_file *b, uint32_t id);
const char *btf_string(const struct btf_file *b, uint32_t offset);

/* Steps of btf_open(), each in a file of its own: object_btf_type.c checks
 * each type's parts, object_btf_cycle.c that they end, object_btf_ext.c the
 * lines, functions and relocations.
 */
int btf_check_types(const struct btf_file *b);
int btf_check_cycles(const struct btf_file *b);
int btf_check_ext(struct btf_file *b);

/* What @t is made of, one after the other: fills @id for @index 0, 1, ...
 * Return: false behind the last.
 */
bool btf_part(const struct btf_type *t, uint32_t index, uint32_t *id);

/* What the records of lines, functions and relocations are behind. */
struct btf_ext_section {
	uint32_t name;
	uint32_t count;
};

/**
 * btf_core_names_kernel() - does a function need types of the running kernel?
 * @why: whose layout
 *
 * Relocations against what never changes (headers of packets, struct xdp_md)
 * need none: the compiler's own numbers are right. object_core.c.
 */
bool btf_core_names_kernel(const struct btf_file *b, unsigned int section,
			   uint64_t start, uint64_t end, const char **why);

#endif
