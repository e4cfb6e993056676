/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Looks through a file before libbpf does, which trusts what it reads: sections,
 * symbols, functions and relocations are where they should be afterwards.
 */
#ifndef CHECK_OBJECT_ELF_H
#define CHECK_OBJECT_ELF_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bounds of time and memory, far beyond any real object. */
#define OBJECT_SECTIONS_MAX  4096
#define OBJECT_SYMBOLS_MAX   65536
#define OBJECT_FUNCS_MAX     1024
#define OBJECT_INSNS_MAX     (1 << 20)
#define OBJECT_TYPES_MAX     262144
#define OBJECT_MAPS_MAX	     512
#define OBJECT_DATA_MAX	     (16 << 20) /* bytes of variables */
#define OBJECT_DATA_SECTIONS 64

/* A function's place in its section. */
struct elf_func {
	unsigned int section;
	uint64_t start, end; /* bytes */
};

struct elf {
	const uint8_t *bytes;
	size_t size;
	const Elf64_Shdr *sections;
	unsigned int section_count;
	const Elf64_Sym *symbols;
	size_t symbol_count;
	unsigned int names;	   /* section of the sections' names */
	unsigned int symbol_names; /* section of the symbols' */
	unsigned int text;	   /* section .text, 0: none */
	struct elf_func *funcs;	   /* by section, then by place */
	size_t func_count;
	char *why; /* one sentence of @room bytes, on failure */
	size_t room;
};

/**
 * elf_open() - find and check everything but BTF
 * @e: why and room are set; ended with elf_close(), also after a failure
 *
 * Return: 0, -ENOEXEC, -EFBIG or -ENOMEM.
 */
int elf_open(struct elf *e, const void *bytes, size_t size);
void elf_close(struct elf *e);

/* Writes the sentence; returns @err. */
int elf_fail(const struct elf *e, int err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

const char *elf_section_name(const struct elf *e, unsigned int section);
const char *elf_symbol_name(const struct elf *e, const Elf64_Sym *symbol);
/* Not of a section without contents (SHT_NULL, SHT_NOBITS). */
const void *elf_section_data(const struct elf *e, unsigned int section);

/* By name; 0: there is none. */
unsigned int elf_find_section(const struct elf *e, const char *name);

/* The function that holds the byte @offset of @section, or NULL. */
const struct elf_func *elf_find_func(const struct elf *e, unsigned int section,
				     uint64_t offset);

/* A function by its name, or NULL. */
const struct elf_func *elf_named_func(const struct elf *e, const char *name);

/* object_func.c: functions do not overlap, and relocations and calls have
 * something to point at. Called by elf_open().
 */
int elf_check_funcs(struct elf *e);
int elf_check_relocations(const struct elf *e);
int elf_check_calls(const struct elf *e);

#endif
