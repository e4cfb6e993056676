/* SPDX-License-Identifier: GPL-2.0-only */
/* What libbpf would load is what is read, and what is broken is refused. */
#include <elf.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "object.h"

struct object {
	uint8_t *bytes;
	size_t size;
	struct code *codes;
	size_t count;
	char why[512];
	int err;
};

static void open_seed(struct object *o, const char *name)
{
	char path[128];
	FILE *file;

	memset(o, 0, sizeof(*o));
	snprintf(path, sizeof(path), "tests/fuzz/object/%s", name);
	file = fopen(path, "rb");
	assert_non_null(file);
	o->bytes = malloc(1 << 16);
	o->size = fread(o->bytes, 1, 1 << 16, file);
	assert_true(o->size > 0 && o->size < 1 << 16);
	fclose(file);
}

static void read_as(struct object *o, const char *name)
{
	o->why[0] = '\0';
	o->err = object_read(o->bytes, o->size, name, &o->codes, &o->count,
			     o->why, sizeof(o->why));
	if (o->err)
		o->count = 0;
	else
		assert_true(o->count > 0);
}

static void close_codes(struct object *o)
{
	for (size_t i = 0; i < o->count; i++)
		code_free(&o->codes[i]);
	if (!o->err)
		free(o->codes);
	o->codes = NULL;
	o->count = 0;
}

static void close_object(struct object *o)
{
	close_codes(o);
	free(o->bytes);
}

static void maps_are_named_by_their_index(void **state)
{
	const struct code *code;
	unsigned int found = 0;
	struct object o;

	(void)state;
	open_seed(&o, "maps");
	read_as(&o, NULL);
	assert_int_equal(o.err, 0);
	code = o.codes;
	assert_int_equal(code->map_count, 2);
	assert_string_equal(code->maps[0].name, "h");
	assert_int_equal(code->maps[0].type, BPF_MAP_TYPE_HASH);
	assert_int_equal(code->maps[0].entries, 4);
	assert_string_equal(code->maps[1].name, "a");
	assert_int_equal(code->maps[1].value, 8);
	for (unsigned int i = 0; i < code->insn_count; i++)
		if (code->insns[i].code == 0x18) {
			assert_int_equal(code->insns[i].src_reg,
					 BPF_PSEUDO_MAP_FD);
			assert_int_equal(code->insns[i].imm, found++);
		}
	assert_int_equal(found, 2);
	assert_true(code->gpl);
	close_object(&o);
}

static void lines_and_functions_come_along(void **state)
{
	const struct code_line *line;
	const struct code_func *func;
	struct object o;

	(void)state;
	open_seed(&o, "subprog");
	read_as(&o, NULL);
	assert_int_equal(o.err, 0);
	assert_int_equal(o.count, 3);
	assert_int_equal(o.codes[0].func_count, 3);
	func = code_func(&o.codes[0], o.codes[0].funcs[2].insn);
	assert_string_equal(func->name, "two");
	assert_true(func->global);
	assert_int_equal(func->args, 2);
	assert_int_equal(func->arg[0].kind, CODE_ARG_CTX);
	assert_int_equal(func->arg[1].kind, CODE_ARG_SCALAR);
	line = code_line(&o.codes[0], func->insn);
	assert_int_equal(line->line, 5);
	assert_non_null(strstr(line->text, "two(struct xdp_md"));
	assert_null(code_func(&o.codes[0], func->insn + 1));
	assert_int_equal(o.codes[0].prog_flags, 0);
	assert_int_equal(o.codes[1].prog_flags, BPF_F_XDP_HAS_FRAGS);
	assert_true(o.codes[0].maps[0].data);
	close_object(&o);
}

/* clang-format off */
static const struct {
	const char *seed;
	const char *name;
	int err;
	size_t count;
	const char *say; /* the program, or a part of the sentence */
} names[] = {
	{ "subprog",	"second",	0,	 1, "second" },
	{ "subprog",	"xdp.frags",	0,	 1, "second" },
	{ "subprog",	"xdp",		0,	 2, "first" },
	{ "subprog",	"one",		-ENOENT, 0, "it has: first (xdp)" },
	{ "prog",	NULL,		-ENOENT, 0, "--section prog" },
	{ "prog",	"prog",		0,	 1, "p" },
	{ "prog",	"tc",		-ENOENT, 0, "judges XDP only" },
	{ "plain",	"p",		0,	 1, "p" },
	{ "core",	"good",		0,	 1, "good" },
	{ "core",	"bad",		0,	 1, "bad" },
	{ "tail",	NULL,		0,	 2, "other" },
};
/* clang-format on */

static void programs_are_chosen_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct object o;

		open_seed(&o, names[i].seed);
		read_as(&o, names[i].name);
		print_message("# %s %s: %s\n", names[i].seed,
			      names[i].name ? names[i].name : "", o.why);
		assert_int_equal(o.err, names[i].err);
		assert_int_equal(o.count, names[i].count);
		if (o.err)
			assert_non_null(strstr(o.why, names[i].say));
		else
			assert_string_equal(o.codes[0].name, names[i].say);
		close_object(&o);
	}
}

/* One field of the ELF header, and what is said then. */
/* clang-format off */
static const struct {
	size_t at;
	uint16_t value;
	size_t bytes;
	const char *say;
} headers[] = {
	{ 0, 0x7e, 1, "not an ELF file" },
	{ EI_CLASS, ELFCLASS32, 1, "not a 64-bit" },
	{ EI_DATA, ELFDATA2MSB, 1, "other byte order" },
	{ offsetof(Elf64_Ehdr, e_machine), EM_X86_64, 2, "another machine" },
	{ offsetof(Elf64_Ehdr, e_type), ET_DYN, 2, "relocatable" },
	{ offsetof(Elf64_Ehdr, e_shnum), 0, 2, "without sections" },
	{ offsetof(Elf64_Ehdr, e_shnum), 4000, 2, "cut off" },
	{ offsetof(Elf64_Ehdr, e_shnum), 5000, 2, "at most" },
	{ offsetof(Elf64_Ehdr, e_shstrndx), 0, 2, "names of sections" },
};
/* clang-format on */

static void a_broken_header_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		struct object o;

		open_seed(&o, "maps");
		memcpy(o.bytes + headers[i].at, &headers[i].value,
		       headers[i].bytes);
		read_as(&o, NULL);
		print_message("# %s\n", o.why);
		assert_true(o.err == -ENOEXEC || o.err == -EFBIG);
		assert_non_null(strstr(o.why, headers[i].say));
		close_object(&o);
	}
}

static void every_shorter_file_is_refused(void **state)
{
	struct object o;
	size_t size;

	(void)state;
	open_seed(&o, "subprog");
	size = o.size;
	for (o.size = 0; o.size < size; o.size++) {
		read_as(&o, NULL);
		assert_int_equal(o.err, -ENOEXEC);
		assert_true(o.why[0]);
	}
	close_object(&o);
}

/* Every byte of the file in turn: read or refused, and never silently. */
static void any_changed_byte_is_safe(void **state)
{
	struct object o;

	(void)state;
	open_seed(&o, "subprog");
	for (size_t i = 0; i < o.size; i++) {
		uint8_t was = o.bytes[i];

		o.bytes[i] = ~was;
		read_as(&o, NULL);
		assert_int_equal(!o.err, !o.why[0]);
		close_codes(&o);
		o.bytes[i] = was;
	}
	read_as(&o, NULL);
	assert_int_equal(o.err, 0);
	close_object(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(maps_are_named_by_their_index),
		cmocka_unit_test(lines_and_functions_come_along),
		cmocka_unit_test(programs_are_chosen_by_name),
		cmocka_unit_test(a_broken_header_is_told),
		cmocka_unit_test(every_shorter_file_is_refused),
		cmocka_unit_test(any_changed_byte_is_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
