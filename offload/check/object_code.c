/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object_code.h"

static int no_memory(const struct capture *c)
{
	return elf_fail(c->elf, -ENOMEM, "out of memory");
}

static void capture_map(struct code_map *out, const struct bpf_map *map)
{
	const char *name = bpf_map__name(map);

	/* libbpf puts the object's name before those of sections. */
	if (name && bpf_map__is_internal(map) && strchr(name, '.'))
		name = strchr(name, '.');
	snprintf(out->name, sizeof(out->name), "%s", name ? name : "");
	out->type = bpf_map__type(map);
	out->key = bpf_map__key_size(map);
	out->value = bpf_map__value_size(map);
	out->entries = bpf_map__max_entries(map);
	out->flags = bpf_map__map_flags(map);
	out->numa_node = bpf_map__numa_node(map);
	out->extra = bpf_map__map_extra(map);
	out->data = bpf_map__is_internal(map);
}

static int capture_maps(struct capture *c)
{
	const struct bpf_map *map;
	unsigned int count = 0;

	bpf_object__for_each_map(map, c->obj)
		count++;
	c->code.maps = calloc(count + 1, sizeof(*c->code.maps));
	if (!c->code.maps)
		return no_memory(c);
	bpf_object__for_each_map(map, c->obj)
		capture_map(&c->code.maps[c->code.map_count++], map);
	return 0;
}

/* An index is what libbpf has relocated; a descriptor is from the file, and
 * means nothing.
 */
static int name_map(const struct capture *c, unsigned int at)
{
	struct bpf_insn *insn = &c->code.insns[at];

	switch (insn->src_reg) {
	case BPF_PSEUDO_MAP_IDX:
		insn->src_reg = BPF_PSEUDO_MAP_FD;
		break;
	case BPF_PSEUDO_MAP_IDX_VALUE:
		insn->src_reg = BPF_PSEUDO_MAP_VALUE;
		break;
	case BPF_PSEUDO_MAP_FD:
	case BPF_PSEUDO_MAP_VALUE:
		return elf_fail(c->elf, -ENOEXEC,
				"program %.63s: instruction %u names a map by "
				"a number instead of a relocation; define its "
				"maps in SEC(\".maps\")",
				c->code.name, at);
	default:
		return 0;
	}
	if (insn->imm >= 0 && (unsigned int)insn->imm < c->code.map_count)
		return 0;
	return elf_fail(c->elf, -ENOEXEC,
			"program %.63s: instruction %u names a map that is "
			"not there",
			c->code.name, at);
}

static int capture_insns(struct capture *c, const struct bpf_program *prog)
{
	size_t count = bpf_program__insn_cnt(prog);
	struct code *code = &c->code;
	int err = 0;

	if (!count || count > OBJECT_INSNS_MAX)
		return elf_fail(c->elf, -EFBIG,
				"program %.63s: %zu instructions; at most %u "
				"are read",
				code->name, count, OBJECT_INSNS_MAX);
	code->insns = malloc(count * sizeof(*code->insns));
	if (!code->insns)
		return no_memory(c);
	memcpy(code->insns, bpf_program__insns(prog),
	       count * sizeof(*code->insns));
	code->insn_count = count;
	for (size_t i = 0; !err && i < count; i++)
		if (code->insns[i].code == (BPF_LD | BPF_IMM | BPF_DW))
			err = name_map(c, i++);
	return err;
}

static int capture_strings(struct capture *c)
{
	const struct btf_file *b = c->btf;

	if (!b->types)
		return 0;
	c->code.strings = malloc(b->string_bytes);
	if (!c->code.strings)
		return no_memory(c);
	memcpy(c->code.strings, b->strings, b->string_bytes);
	return 0;
}

static void capture_names(struct capture *c, const struct bpf_program *prog)
{
	const char *section = bpf_program__section_name(prog);

	snprintf(c->code.name, sizeof(c->code.name), "%s",
		 bpf_program__name(prog));
	snprintf(c->code.section, sizeof(c->code.section), "%s", section);
}

int capture_program(struct capture *c, struct bpf_program *prog,
		    const struct bpf_prog_load_opts *opts)
{
	int err;

	capture_names(c, prog);
	c->code.type = bpf_program__type(prog);
	c->code.attach = opts->expected_attach_type;
	c->code.prog_flags = opts->prog_flags | c->prog_flags;
	c->code.gpl = c->gpl;
	err = capture_maps(c);
	err = err ?: capture_insns(c, prog);
	err = err ?: capture_strings(c);
	err = err ?: capture_lines(c, opts);
	err = err ?: capture_funcs(c, opts);
	err = err ?: capture_externs(c);
	if (err)
		code_free(&c->code);
	return err;
}
