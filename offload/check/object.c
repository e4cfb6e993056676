/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * libbpf relocates a program only on its way into the kernel. Here it is told
 * to write a loader instead (bpf_object__gen_loader()), which makes it name
 * maps by their index and ask the kernel nothing; the program is taken over in
 * its hook for what is about to be loaded. The loader is thrown away.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "object_choice.h"
#include "object_code.h"

/* What SEC() says XDP; libbpf's own table has the same names. */
static const struct {
	const char *section;
	enum bpf_prog_type type;
	enum bpf_attach_type attach;
	uint32_t flags;
} hooks[] = {
	{ "xdp", BPF_PROG_TYPE_XDP, BPF_XDP, 0 },
	{ "xdp.frags", BPF_PROG_TYPE_XDP, BPF_XDP, BPF_F_XDP_HAS_FRAGS },
	{ NULL, BPF_PROG_TYPE_UNSPEC, 0, 0 }, /* whatever libbpf has none for */
};
#define HOOKS (sizeof(hooks) / sizeof(hooks[0]))

/* libbpf's hooks and its printing are the process's: one at a time. */
static struct capture *current;
static char first_warning[256];
static int handlers[HOOKS];

static int print(enum libbpf_print_level level, const char *format,
		 va_list args)
{
	static const char prefix[] = "libbpf: ";
	char text[sizeof(first_warning)], *start = text;

	if (level != LIBBPF_WARN || first_warning[0])
		return 0;
	vsnprintf(text, sizeof(text), format, args);
	if (!strncmp(text, prefix, strlen(prefix)))
		start += strlen(prefix);
	start[strcspn(start, "\n")] = '\0';
	snprintf(first_warning, sizeof(first_warning), "%s", start);
	return 0;
}

static int take(struct bpf_program *prog, struct bpf_prog_load_opts *opts,
		long cookie)
{
	current->prog_flags = hooks[cookie].flags;
	current->err = capture_program(current, prog, opts);
	current->done = !current->err;
	return 0; /* libbpf leaks what it has begun to write otherwise */
}

static void unhook(void)
{
	for (size_t i = 0; i < HOOKS; i++)
		if (handlers[i] > 0)
			libbpf_unregister_prog_handler(handlers[i]);
	memset(handlers, 0, sizeof(handlers));
}

/* libbpf 1.1 frees its list with the last hook, and then frees it again with the
 * next first one: one that no section matches stays.
 */
static bool keep_list(void)
{
	static int kept;

	if (kept <= 0)
		kept = libbpf_register_prog_handler(
			"offload-check/none", BPF_PROG_TYPE_UNSPEC, 0, NULL);
	return kept > 0;
}

static int hook(const struct elf *e)
{
	if (!keep_list())
		return elf_fail(e, -ENOMEM, "libbpf takes no hook");
	for (size_t i = 0; i < HOOKS; i++) {
		LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .cookie = i,
			    .prog_prepare_load_fn = take);

		handlers[i] =
			libbpf_register_prog_handler(hooks[i].section,
						     hooks[i].type,
						     hooks[i].attach, &opts);
		if (handlers[i] < 0) {
			unhook();
			return elf_fail(e, -ENOMEM, "libbpf takes no hook");
		}
	}
	return 0;
}

static int libbpf_failed(const struct elf *e, const char *what)
{
	return elf_fail(e, errno == ENOMEM ? -ENOMEM : -ENOEXEC, "%s%s%s", what,
			first_warning[0] ? ": " : "", first_warning);
}

/* clang puts a table of 4 to 32 bytes into a section of a kind that libbpf makes
 * a map of, and then does not know the size of.
 */
static int open_failed(const struct elf *e)
{
	for (unsigned int i = 1; i < e->section_count; i++) {
		const char *name = elf_section_name(e, i);

		if (!strncmp(name, ".rodata.cst", strlen(".rodata.cst")))
			return elf_fail(e, -ENOEXEC,
					"libbpf cannot read the constant table "
					"in section %s (P10 in "
					"hwdocs/limits.md)",
					name);
	}
	if (!elf_find_section(e, ".BTF"))
		return elf_fail(e, -ENOEXEC,
				"libbpf cannot read its maps without BTF: "
				"compile with -g");
	return libbpf_failed(e, "libbpf cannot read it");
}

static struct bpf_object *open_object(const struct elf *e)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = "object");

	first_warning[0] = '\0';
	return bpf_object__open_mem(e->bytes, e->size, &opts);
}

static bool is_gpl(const struct elf *e)
{
	/* include/linux/license.h */
	static const char *const names[] = {
		"GPL",		"GPL v2",	"GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL",
	};
	unsigned int section = elf_find_section(e, "license");
	const char *text;
	size_t size;

	if (!section)
		return false;
	text = elf_section_data(e, section);
	size = strnlen(text, e->sections[section].sh_size);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (size == strlen(names[i]) && !memcmp(text, names[i], size))
			return true;
	return false;
}

/* What the program depends on; functions of .text may be appended to any. */
static void find_core(struct capture *c, const char *name)
{
	const struct elf_func *f = elf_named_func(c->elf, name);
	unsigned int text = c->elf->text;
	const char *type = "";

	if ((f && btf_core_names_kernel(c->btf, f->section, f->start, f->end,
					&type)) ||
	    (text && btf_core_names_kernel(c->btf, text, 0, UINT64_MAX, &type)))
		snprintf(c->code.core, sizeof(c->code.core), "%s",
			 *type ? type : "types");
}

/* Only @wanted is relocated: what is wrong with another does not matter. */
static int load(struct capture *c, const char *name)
{
	LIBBPF_OPTS(gen_loader_opts, opts);
	struct bpf_program *prog, *wanted;
	struct bpf_map *map;

	wanted = bpf_object__find_program_by_name(c->obj, name);
	if (!wanted)
		return libbpf_failed(c->elf, "the program is gone");
	find_core(c, name);
	bpf_object__for_each_program(prog, c->obj)
		bpf_program__set_autoload(prog, prog == wanted);
	bpf_object__for_each_map(map, c->obj)
		bpf_map__set_autocreate(map, false);
	if (bpf_program__type(wanted) == BPF_PROG_TYPE_UNSPEC)
		bpf_program__set_type(wanted, BPF_PROG_TYPE_XDP);
	if (bpf_object__gen_loader(c->obj, &opts))
		return libbpf_failed(c->elf, "libbpf writes no loader");
	current = c;
	bpf_object__load(c->obj);
	current = NULL;
	if (!c->done && !c->err) {
		char what[96];

		snprintf(what, sizeof(what), "program %.63s is broken", name);
		return libbpf_failed(c->elf, what);
	}
	return c->err;
}

/* An object loads once, so each program has one of its own. */
static int read_program(const struct elf *e, const struct btf_file *b,
			const char *name, struct code *out)
{
	struct capture c = { .elf = e, .btf = b, .gpl = is_gpl(e) };
	int err;

	c.obj = open_object(e);
	if (!c.obj)
		return open_failed(e);
	err = load(&c, name);
	bpf_object__close(c.obj);
	if (!err)
		*out = c.code;
	return err;
}

static int read_chosen(const struct elf *e, const struct btf_file *b,
		       char **names, size_t count, struct code **out)
{
	struct code *codes = calloc(count, sizeof(*codes));
	size_t done;
	int err = 0;

	if (!codes)
		return elf_fail(e, -ENOMEM, "out of memory");
	for (done = 0; !err && done < count; done++)
		err = read_program(e, b, names[done], &codes[done]);
	if (!err) {
		*out = codes;
		return 0;
	}
	while (done--)
		code_free(&codes[done]);
	free(codes);
	return err;
}

static int choose(const struct elf *e, const char *name, struct choice *out)
{
	struct bpf_object *obj = open_object(e);
	int err;

	if (!obj)
		return open_failed(e);
	err = choice_make(e, obj, name, out);
	bpf_object__close(obj);
	return err;
}

int object_read(const void *elf, size_t size, const char *name,
		struct code **out, size_t *count, char *why, size_t room)
{
	struct elf e = { .why = why, .room = room };
	libbpf_print_fn_t told = libbpf_set_print(print);
	struct btf_file b = {};
	struct choice choice = {};
	int err;

	err = elf_open(&e, elf, size);
	err = err ?: btf_open(&b, &e);
	err = err ?: hook(&e);
	err = err ?: choose(&e, name, &choice);
	err = err ?: read_chosen(&e, &b, choice.names, choice.count, out);
	if (!err)
		*count = choice.count;
	choice_free(&choice);
	unhook();
	btf_close(&b);
	elf_close(&e);
	libbpf_set_print(told);
	return err;
}
