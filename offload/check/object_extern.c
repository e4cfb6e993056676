/* SPDX-License-Identifier: GPL-2.0-only */
/* Which symbols of the kernel a program names. libbpf leaves numbers only; the
 * names are in the relocations of the functions that the program was put
 * together from.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "object_code.h"

#define INSN sizeof(struct bpf_insn)

static bool names_kernel(const struct bpf_insn *insn)
{
	return insn_is_call_of(insn, BPF_PSEUDO_KFUNC_CALL) ||
	       (insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
		insn->src_reg == BPF_PSEUDO_BTF_ID);
}

/* What is relocated at a byte of a section, or NULL. */
static const Elf64_Sym *symbol_at(const struct elf *e, unsigned int section,
				  uint64_t offset)
{
	for (unsigned int i = 1; i < e->section_count; i++) {
		const Elf64_Shdr *s = &e->sections[i];
		const Elf64_Rel *rel;

		if (s->sh_type != SHT_REL || s->sh_info != section)
			continue;
		rel = elf_section_data(e, i);
		for (size_t j = 0; j < s->sh_size / sizeof(*rel); j++)
			if (rel[j].r_offset == offset)
				return &e->symbols[ELF64_R_SYM(rel[j].r_info)];
	}
	return NULL;
}

/* The function that an instruction is of; without BTF nothing tells. */
static const struct code_func *func_of(const struct code *code,
				       unsigned int insn)
{
	const struct code_func *found = NULL;

	for (unsigned int i = 0; i < code->func_count; i++)
		if (code->funcs[i].insn <= insn)
			found = &code->funcs[i];
	return found;
}

static const Elf64_Sym *find_symbol(const struct capture *c, unsigned int insn)
{
	const struct code_func *func = func_of(&c->code, insn);
	const struct elf_func *place =
		func ? elf_named_func(c->elf, func->name) : NULL;

	return place ? symbol_at(c->elf, place->section,
				 place->start + (insn - func->insn) * INSN)
		     : NULL;
}

static void add_extern(struct capture *c, unsigned int insn)
{
	struct code_extern *out = &c->code.externs[c->code.extern_count];
	const Elf64_Sym *symbol = find_symbol(c, insn);

	if (!symbol || symbol->st_shndx != SHN_UNDEF)
		return;
	out->insn = insn;
	out->weak = ELF64_ST_BIND(symbol->st_info) == STB_WEAK;
	snprintf(out->name, sizeof(out->name), "%s",
		 elf_symbol_name(c->elf, symbol));
	c->code.extern_count++;
}

/* Each one costs a look through all relocations: the first are enough. */
#define EXTERNS_MAX 64

int capture_externs(struct capture *c)
{
	unsigned int tried = 0;

	c->code.externs = calloc(EXTERNS_MAX, sizeof(*c->code.externs));
	if (!c->code.externs)
		return elf_fail(c->elf, -ENOMEM, "out of memory");
	for (unsigned int i = 0; i < c->code.insn_count; i++) {
		if (!names_kernel(&c->code.insns[i]))
			continue;
		if (tried++ == EXTERNS_MAX)
			break;
		add_extern(c, i);
	}
	return 0;
}
