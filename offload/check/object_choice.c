/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object_choice.h"

static bool is_xdp(const struct bpf_program *prog)
{
	return bpf_program__type(prog) == BPF_PROG_TYPE_XDP &&
	       bpf_program__expected_attach_type(prog) == BPF_XDP;
}

static bool is_unknown(const struct bpf_program *prog)
{
	return bpf_program__type(prog) == BPF_PROG_TYPE_UNSPEC;
}

/* "name (section), ..." of every program. */
static void list_programs(const struct bpf_object *obj, char *out, size_t room)
{
	struct bpf_program *prog;
	size_t used = 0;

	snprintf(out, room, "nothing");
	bpf_object__for_each_program(prog, obj) {
		if (used >= room)
			break;
		used += snprintf(out + used, room - used, "%s%.64s (%.64s)",
				 used ? ", " : "", bpf_program__name(prog),
				 bpf_program__section_name(prog));
	}
}

static int add(const struct elf *e, struct choice *out,
	       const struct bpf_program *prog)
{
	out->names[out->count] = strdup(bpf_program__name(prog));
	if (!out->names[out->count])
		return elf_fail(e, -ENOMEM, "out of memory");
	out->count++;
	return 0;
}

static int refuse_type(const struct elf *e, const struct bpf_program *prog)
{
	const char *name = bpf_program__name(prog);
	const char *type = libbpf_bpf_prog_type_str(bpf_program__type(prog));

	if (bpf_program__type(prog) == BPF_PROG_TYPE_SCHED_CLS)
		return elf_fail(
			e, -ENOENT,
			"program %.63s is for tc, which the card takes, "
			"too, but this checker judges XDP only",
			name);
	if (bpf_program__type(prog) == BPF_PROG_TYPE_XDP)
		return elf_fail(e, -ENOENT,
				"program %.63s is for entries of a map "
				"(section %.63s), not for an interface",
				name, bpf_program__section_name(prog));
	return elf_fail(e, -ENOENT,
			"program %.63s is no XDP program (section %.63s, type "
			"%s)",
			name, bpf_program__section_name(prog),
			type ? type : "unknown");
}

static bool is_named(const struct bpf_program *prog, const char *name,
		     bool by_section)
{
	return !strcmp(by_section ? bpf_program__section_name(prog)
				  : bpf_program__name(prog),
		       name);
}

static int add_named(const struct elf *e, const struct bpf_object *obj,
		     const char *name, bool by_section, struct choice *out)
{
	struct bpf_program *prog;
	int err = 0;

	bpf_object__for_each_program(prog, obj) {
		if (err || !is_named(prog, name, by_section))
			continue;
		err = is_xdp(prog) || is_unknown(prog) ? add(e, out, prog)
						       : refuse_type(e, prog);
	}
	return err;
}

static int choose_named(const struct elf *e, const struct bpf_object *obj,
			const char *name, struct choice *out)
{
	char programs[256];
	int err = add_named(e, obj, name, false, out);

	if (!err && !out->count)
		err = add_named(e, obj, name, true, out);
	if (err || out->count)
		return err;
	list_programs(obj, programs, sizeof(programs));
	return elf_fail(e, -ENOENT,
			"no function and no section %.64s in it; it has: %s",
			name, programs);
}

/* Why there is nothing to check. */
static int refuse_all(const struct elf *e, const struct bpf_object *obj)
{
	struct bpf_program *prog, *only = NULL, *tc = NULL;
	unsigned int count = 0, unknown = 0;
	char programs[256];

	bpf_object__for_each_program(prog, obj) {
		count++;
		if (is_unknown(prog) && ++unknown)
			only = prog;
		if (bpf_program__type(prog) == BPF_PROG_TYPE_SCHED_CLS)
			tc = prog;
	}
	if (!count)
		return elf_fail(e, -ENOENT, "no program in it");
	if (unknown == 1)
		return elf_fail(e, -ENOENT,
				"no XDP program in it, and section %.63s of "
				"program %.63s does not say what it is for; "
				"if it is for XDP: --section %.63s",
				bpf_program__section_name(only),
				bpf_program__name(only),
				bpf_program__section_name(only));
	if (tc && count == 1)
		return refuse_type(e, tc);
	list_programs(obj, programs, sizeof(programs));
	return elf_fail(e, -ENOENT, "no XDP program in it; it has: %s",
			programs);
}

int choice_make(const struct elf *e, const struct bpf_object *obj,
		const char *name, struct choice *out)
{
	struct bpf_program *prog;
	size_t count = 0;
	int err = 0;

	bpf_object__for_each_program(prog, obj)
		count++;
	out->names = calloc(count + 1, sizeof(*out->names));
	if (!out->names)
		return elf_fail(e, -ENOMEM, "out of memory");
	if (name)
		return choose_named(e, obj, name, out);
	bpf_object__for_each_program(prog, obj)
		if (!err && is_xdp(prog))
			err = add(e, out, prog);
	return err || out->count ? err : refuse_all(e, obj);
}

void choice_free(struct choice *choice)
{
	for (size_t i = 0; i < choice->count; i++)
		free(choice->names[i]);
	free(choice->names);
	memset(choice, 0, sizeof(*choice));
}
