/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions, and what is relocated in them. */
#include <errno.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>

#include "object_elf.h"

#define INSN sizeof(struct bpf_insn)

static bool is_code(const struct elf *e, unsigned int section)
{
	return section < e->section_count &&
	       e->sections[section].sh_flags & SHF_EXECINSTR;
}

static int check_code(const struct elf *e)
{
	uint64_t bytes = 0;

	for (unsigned int i = 1; i < e->section_count; i++) {
		const Elf64_Shdr *s = &e->sections[i];

		if (!is_code(e, i))
			continue;
		if (s->sh_type != SHT_PROGBITS || s->sh_size % INSN ||
		    s->sh_offset % INSN)
			return elf_fail(e, -ENOEXEC,
					"broken ELF: section %s is no code",
					elf_section_name(e, i));
		bytes += s->sh_size;
	}
	if (bytes / INSN > OBJECT_INSNS_MAX)
		return elf_fail(e, -EFBIG,
				"%llu instructions; at most %u are read",
				(unsigned long long)(bytes / INSN),
				OBJECT_INSNS_MAX);
	return 0;
}

static int add_func(struct elf *e, const Elf64_Sym *sym)
{
	const Elf64_Shdr *s = &e->sections[sym->st_shndx];
	const char *name = elf_symbol_name(e, sym);

	if (sym->st_value % INSN || sym->st_size % INSN || !sym->st_size ||
	    sym->st_value > s->sh_size ||
	    sym->st_size > s->sh_size - sym->st_value)
		return elf_fail(e, -ENOEXEC,
				"broken ELF: function %.60s lies outside of "
				"its section",
				name);
	if (e->func_count == OBJECT_FUNCS_MAX)
		return elf_fail(e, -EFBIG,
				"more than %u functions, which are not read",
				OBJECT_FUNCS_MAX);
	e->funcs[e->func_count++] = (struct elf_func){
		.section = sym->st_shndx,
		.start = sym->st_value,
		.end = sym->st_value + sym->st_size,
	};
	return 0;
}

static int by_place(const void *a, const void *b)
{
	const struct elf_func *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	return x->start < y->start ? -1 : x->start > y->start;
}

/* libbpf copies each: what overlaps could be copied without end. */
static int check_overlap(const struct elf *e)
{
	for (size_t i = 1; i < e->func_count; i++) {
		const struct elf_func *f = &e->funcs[i];

		if (f->section == f[-1].section && f->start < f[-1].end)
			return elf_fail(e, -ENOEXEC,
					"broken ELF: functions overlap in "
					"section %.60s",
					elf_section_name(e, f->section));
	}
	return 0;
}

int elf_check_funcs(struct elf *e)
{
	int err = check_code(e);

	if (err)
		return err;
	e->funcs = calloc(OBJECT_FUNCS_MAX, sizeof(*e->funcs));
	if (!e->funcs)
		return elf_fail(e, -ENOMEM, "out of memory");
	for (size_t i = 0; !err && i < e->symbol_count; i++) {
		const Elf64_Sym *s = &e->symbols[i];

		if (ELF64_ST_TYPE(s->st_info) == STT_FUNC &&
		    is_code(e, s->st_shndx))
			err = add_func(e, s);
	}
	if (err)
		return err;
	qsort(e->funcs, e->func_count, sizeof(*e->funcs), by_place);
	return check_overlap(e);
}

const struct elf_func *elf_find_func(const struct elf *e, unsigned int section,
				     uint64_t offset)
{
	size_t low = 0, high = e->func_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct elf_func *f = &e->funcs[middle];

		if (f->section < section ||
		    (f->section == section && f->end <= offset))
			low = middle + 1;
		else if (f->section > section || f->start > offset)
			high = middle;
		else
			return f;
	}
	return NULL;
}

const struct elf_func *elf_named_func(const struct elf *e, const char *name)
{
	for (size_t i = 0; i < e->symbol_count; i++) {
		const Elf64_Sym *s = &e->symbols[i];

		if (ELF64_ST_TYPE(s->st_info) == STT_FUNC &&
		    is_code(e, s->st_shndx) &&
		    !strcmp(elf_symbol_name(e, s), name))
			return elf_find_func(e, s->st_shndx, s->st_value);
	}
	return NULL;
}

/* Two slots are written where a 64-bit constant is relocated. */
static int check_relocation(const struct elf *e, unsigned int section,
			    const Elf64_Rel *rel)
{
	const Elf64_Shdr *target = &e->sections[section];
	const struct bpf_insn *insn;
	const struct elf_func *f;

	if (ELF64_R_SYM(rel->r_info) >= e->symbol_count ||
	    rel->r_offset >= target->sh_size || rel->r_offset % INSN)
		return elf_fail(e, -ENOEXEC,
				"broken ELF: a relocation of section %.60s "
				"points nowhere",
				elf_section_name(e, section));
	f = elf_find_func(e, section, rel->r_offset);
	insn = elf_section_data(e, section) + rel->r_offset;
	if (f && insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
	    rel->r_offset + 2 * INSN > f->end)
		return elf_fail(e, -ENOEXEC,
				"broken ELF: section %.60s ends within an "
				"instruction",
				elf_section_name(e, section));
	return 0;
}

static int check_table(const struct elf *e, unsigned int section)
{
	const Elf64_Shdr *s = &e->sections[section];
	const Elf64_Rel *rel = elf_section_data(e, section);
	bool maps = !strcmp(elf_section_name(e, section), ".rel.maps");
	size_t count = s->sh_size / sizeof(*rel);

	for (size_t i = 0; i < count; i++) {
		int err = 0;

		if (is_code(e, s->sh_info))
			err = check_relocation(e, s->sh_info, &rel[i]);
		else if (maps && ELF64_R_SYM(rel[i].r_info) >= e->symbol_count)
			err = elf_fail(e, -ENOEXEC,
				       "broken ELF: a relocation of maps "
				       "points nowhere");
		if (err)
			return err;
	}
	return 0;
}

int elf_check_relocations(const struct elf *e)
{
	for (unsigned int i = 1; i < e->section_count; i++) {
		int err = 0;

		if (e->sections[i].sh_type == SHT_REL)
			err = check_table(e, i);
		if (err)
			return err;
	}
	return 0;
}

static bool is_local_call(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_CALL) &&
	       insn->src_reg == BPF_PSEUDO_CALL;
}

/* Mark what is relocated in @section; against @against only, unless 0. */
static void mark_relocated(const struct elf *e, unsigned int section,
			   unsigned int against, bool *marks)
{
	for (unsigned int i = 1; i < e->section_count; i++) {
		const Elf64_Shdr *s = &e->sections[i];
		const Elf64_Rel *rel;

		if (s->sh_type != SHT_REL || s->sh_info != section)
			continue;
		rel = elf_section_data(e, i);
		for (size_t j = 0; j < s->sh_size / sizeof(*rel); j++) {
			size_t sym = ELF64_R_SYM(rel[j].r_info);

			if (!against || e->symbols[sym].st_shndx == against)
				marks[rel[j].r_offset / INSN] = true;
		}
	}
}

/* libbpf looks for what is called without a relocation in .text only, and
 * frees twice where there is none.
 */
static bool calls_within(const struct elf *e, unsigned int section,
			 const bool *relocated)
{
	const struct bpf_insn *insn = elf_section_data(e, section);
	size_t count = e->sections[section].sh_size / INSN;

	for (size_t i = 0; i < count; i++)
		if (is_local_call(&insn[i]) && !relocated[i])
			return true;
	return false;
}

/* libbpf takes the only function of an object for the program, also in .text,
 * and would append copies of it to itself without end.
 */
static bool calls_itself(const struct elf *e, const bool *into_text)
{
	const struct bpf_insn *insn = elf_section_data(e, e->text);
	size_t count = e->sections[e->text].sh_size / INSN;

	for (size_t i = 0; i < count; i++)
		if (is_local_call(&insn[i]) || into_text[i])
			return true;
	return false;
}

static int check_calls(const struct elf *e, unsigned int section)
{
	size_t count = e->sections[section].sh_size / INSN;
	bool alone = e->func_count == 1 && section == e->text;
	bool *marks, bad;

	if (section == e->text && !alone)
		return 0;
	marks = calloc(count + 1, sizeof(*marks));
	if (!marks)
		return elf_fail(e, -ENOMEM, "out of memory");
	mark_relocated(e, section, alone ? e->text : 0, marks);
	bad = alone ? calls_itself(e, marks) : calls_within(e, section, marks);
	free(marks);
	if (!bad)
		return 0;
	return elf_fail(e, -ENOEXEC,
			"a function of section %.60s calls one of the same "
			"section, which libbpf cannot relocate; give functions "
			"that are called no SEC()",
			elf_section_name(e, section));
}

int elf_check_calls(const struct elf *e)
{
	int err = 0;

	for (unsigned int i = 1; !err && i < e->section_count; i++)
		if (is_code(e, i))
			err = check_calls(e, i);
	return err;
}
