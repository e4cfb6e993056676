/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object_elf.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OUR_ORDER ELFDATA2LSB
#else
#define OUR_ORDER ELFDATA2MSB
#endif

int elf_fail(const struct elf *e, int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(e->why, e->room, format, args);
	va_end(args);
	return err;
}

const char *elf_section_name(const struct elf *e, unsigned int section)
{
	return (const char *)elf_section_data(e, e->names) +
	       e->sections[section].sh_name;
}

const char *elf_symbol_name(const struct elf *e, const Elf64_Sym *symbol)
{
	return (const char *)elf_section_data(e, e->symbol_names) +
	       symbol->st_name;
}

const void *elf_section_data(const struct elf *e, unsigned int section)
{
	return e->bytes + e->sections[section].sh_offset;
}

unsigned int elf_find_section(const struct elf *e, const char *name)
{
	for (unsigned int i = 1; i < e->section_count; i++)
		if (!strcmp(elf_section_name(e, i), name))
			return i;
	return 0;
}

static int check_ident(const struct elf *e)
{
	const Elf64_Ehdr *h = (const void *)e->bytes;

	if (e->size < SELFMAG || memcmp(e->bytes, ELFMAG, SELFMAG))
		return elf_fail(e, -ENOEXEC, "not an ELF file");
	if (e->size < sizeof(*h))
		return elf_fail(e, -ENOEXEC,
				"ELF file cut off within its header");
	if (h->e_ident[EI_CLASS] != ELFCLASS64)
		return elf_fail(e, -ENOEXEC, "not a 64-bit ELF file");
	if (h->e_ident[EI_DATA] != OUR_ORDER)
		return elf_fail(e, -ENOEXEC,
				"built for the other byte order; build it "
				"with clang -target bpf on this machine");
	if (h->e_machine != EM_BPF && h->e_machine != EM_NONE)
		return elf_fail(e, -ENOEXEC,
				"ELF file for another machine (number %u), "
				"not for BPF; build it with clang -target bpf",
				h->e_machine);
	if (h->e_type != ET_REL || h->e_version != EV_CURRENT ||
	    h->e_ident[EI_VERSION] != EV_CURRENT)
		return elf_fail(e, -ENOEXEC, "not a relocatable ELF object");
	return 0;
}

static int check_table(struct elf *e)
{
	const Elf64_Ehdr *h = (const void *)e->bytes;

	if (!h->e_shnum || h->e_shentsize != sizeof(Elf64_Shdr) ||
	    h->e_shoff % 8 || h->e_shoff < sizeof(*h))
		return elf_fail(e, -ENOEXEC, "ELF file without sections");
	if (h->e_shnum > OBJECT_SECTIONS_MAX)
		return elf_fail(e, -EFBIG, "%u sections; at most %u are read",
				h->e_shnum, OBJECT_SECTIONS_MAX);
	if (h->e_shoff > e->size ||
	    (e->size - h->e_shoff) / sizeof(Elf64_Shdr) < h->e_shnum)
		return elf_fail(e, -ENOEXEC,
				"ELF file cut off: its section table lies "
				"behind its end");
	e->sections = (const void *)(e->bytes + h->e_shoff);
	e->section_count = h->e_shnum;
	e->names = h->e_shstrndx;
	return 0;
}

static int check_extent(const struct elf *e, unsigned int section)
{
	const Elf64_Shdr *s = &e->sections[section];

	if (s->sh_type == SHT_NULL || s->sh_type == SHT_NOBITS)
		return 0;
	if (s->sh_offset > e->size || s->sh_size > e->size - s->sh_offset)
		return elf_fail(e, -ENOEXEC,
				"ELF file cut off: section %u lies behind its "
				"end",
				section);
	return 0;
}

static bool is_strings(const struct elf *e, unsigned int section)
{
	const Elf64_Shdr *s;

	if (!section || section >= e->section_count)
		return false;
	s = &e->sections[section];
	return s->sh_type == SHT_STRTAB && s->sh_size &&
	       !e->bytes[s->sh_offset + s->sh_size - 1];
}

/* Elf64_Sym and Elf64_Rel are read in place. */
static bool is_table(const struct elf *e, unsigned int section, size_t entry)
{
	const Elf64_Shdr *s = &e->sections[section];

	return s->sh_entsize == entry && !(s->sh_size % entry) &&
	       !(s->sh_offset % 8);
}

static int check_symbols(struct elf *e)
{
	const Elf64_Shdr *names = &e->sections[e->symbol_names];

	if (e->symbol_count > OBJECT_SYMBOLS_MAX)
		return elf_fail(e, -EFBIG, "%zu symbols; at most %u are read",
				e->symbol_count, OBJECT_SYMBOLS_MAX);
	for (size_t i = 0; i < e->symbol_count; i++) {
		const Elf64_Sym *s = &e->symbols[i];

		if (s->st_name >= names->sh_size)
			return elf_fail(e, -ENOEXEC,
					"broken ELF: symbol %zu has no name",
					i);
		if (s->st_shndx >= e->section_count &&
		    s->st_shndx < SHN_LORESERVE)
			return elf_fail(e, -ENOEXEC,
					"broken ELF: symbol %zu is in no "
					"section",
					i);
	}
	return 0;
}

static int find_symbols(struct elf *e)
{
	unsigned int found = 0;

	for (unsigned int i = 1; i < e->section_count; i++) {
		if (e->sections[i].sh_type != SHT_SYMTAB)
			continue;
		if (found)
			return elf_fail(e, -ENOEXEC,
					"broken ELF: two tables of symbols");
		found = i;
	}
	if (!found)
		return elf_fail(e, -ENOEXEC,
				"ELF object without symbols; was it "
				"stripped?");
	e->symbol_names = e->sections[found].sh_link;
	if (!is_table(e, found, sizeof(Elf64_Sym)) ||
	    !is_strings(e, e->symbol_names))
		return elf_fail(e, -ENOEXEC, "broken ELF: table of symbols");
	e->symbols = elf_section_data(e, found);
	e->symbol_count = e->sections[found].sh_size / sizeof(Elf64_Sym);
	return check_symbols(e);
}

static bool begins_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

static bool is_data(const Elf64_Shdr *s, const char *name)
{
	return !(s->sh_flags & SHF_EXECINSTR) && s->sh_type != SHT_REL &&
	       (begins_with(name, ".data") || begins_with(name, ".rodata") ||
		begins_with(name, ".bss"));
}

/* libbpf looks these up by name and reads them as bytes. */
static const char *const known[] = { "license", "version",  ".maps",
				     ".BTF",	".BTF.ext", ".text" };

static int check_known(const struct elf *e, unsigned int section)
{
	const Elf64_Shdr *s = &e->sections[section];
	const char *name = elf_section_name(e, section);

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(name, known[i]))
			continue;
		if (s->sh_type != SHT_PROGBITS)
			return elf_fail(e, -ENOEXEC,
					"broken ELF: section %s has no "
					"contents",
					name);
		if (elf_find_section(e, name) != section)
			return elf_fail(e, -ENOEXEC,
					"broken ELF: two sections %s", name);
	}
	if (!strcmp(name, ".maps") && s->sh_size > 1 << 20)
		return elf_fail(e, -EFBIG, "section .maps is too large");
	if (!strcmp(name, "maps"))
		return elf_fail(e, -ENOEXEC,
				"maps are defined in section maps, which "
				"libbpf does not read any more; define them "
				"in SEC(\".maps\")");
	if (begins_with(name, ".struct_ops"))
		return elf_fail(e, -ENOEXEC,
				"has struct_ops, which is no XDP program");
	return 0;
}

static int check_names(const struct elf *e)
{
	uint64_t data = 0, data_sections = 0;

	for (unsigned int i = 0; i < e->section_count; i++) {
		const Elf64_Shdr *s = &e->sections[i];

		if (s->sh_name >= e->sections[e->names].sh_size)
			return elf_fail(e, -ENOEXEC,
					"broken ELF: section %u has no name",
					i);
		if (s->sh_type == SHT_NULL ||
		    !is_data(s, elf_section_name(e, i)))
			continue;
		data_sections++;
		data += s->sh_size > OBJECT_DATA_MAX ? OBJECT_DATA_MAX + 1
						     : s->sh_size;
	}
	if (data > OBJECT_DATA_MAX || data_sections > OBJECT_DATA_SECTIONS)
		return elf_fail(e, -EFBIG,
				"more global variables than are read (%u MiB "
				"in %u sections)",
				OBJECT_DATA_MAX >> 20, OBJECT_DATA_SECTIONS);
	for (unsigned int i = 1; i < e->section_count; i++) {
		int err = check_known(e, i);

		if (err)
			return err;
	}
	return 0;
}

static int check_sections(struct elf *e)
{
	for (unsigned int i = 0; i < e->section_count; i++) {
		int err = check_extent(e, i);

		if (err)
			return err;
		if (e->sections[i].sh_type == SHT_REL &&
		    (!is_table(e, i, sizeof(Elf64_Rel)) ||
		     e->sections[i].sh_info >= e->section_count))
			return elf_fail(e, -ENOEXEC,
					"broken ELF: relocations in section "
					"%u",
					i);
	}
	if (!is_strings(e, e->names))
		return elf_fail(e, -ENOEXEC,
				"broken ELF: no names of sections");
	return check_names(e);
}

int elf_open(struct elf *e, const void *bytes, size_t size)
{
	int err;

	e->bytes = bytes;
	e->size = size;
	if (!size)
		return elf_fail(e, -ENOEXEC, "empty file");
	err = check_ident(e);
	err = err ?: check_table(e);
	err = err ?: check_sections(e);
	err = err ?: find_symbols(e);
	if (err)
		return err;
	e->text = elf_find_section(e, ".text");
	err = elf_check_funcs(e);
	err = err ?: elf_check_relocations(e);
	return err ?: elf_check_calls(e);
}

void elf_close(struct elf *e)
{
	free(e->funcs);
	e->funcs = NULL;
	e->func_count = 0;
}
