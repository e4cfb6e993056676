/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines and functions of a program. What the kernel would not take of them
 * (kernel/bpf/verifier.c check_btf_func(), check_btf_line()) makes the object a
 * broken one.
 */
#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "object_args.h"
#include "object_code.h"

static int broken(const struct capture *c, const char *records,
		  const char *what, uint32_t insn)
{
	return elf_fail(c->elf, -ENOEXEC,
			"program %.63s: broken BTF.ext: %s %s instruction %u",
			c->code.name, records, what, insn);
}

static bool is_there(const struct capture *c, uint32_t offset)
{
	return c->code.strings && offset < c->btf->string_bytes;
}

static const char *without_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

static void mark_start(bool *starts, const struct code *code, int64_t insn)
{
	if (insn >= 0 && insn < code->insn_count)
		starts[insn] = true;
}

/* Where functions begin; calls of nothing are the verifier's affair. */
static bool *find_starts(const struct code *code)
{
	bool *starts = calloc(code->insn_count, sizeof(*starts));

	if (!starts)
		return NULL;
	starts[0] = true;
	for (unsigned int i = 0; i < code->insn_count; i++) {
		const struct bpf_insn *insn = &code->insns[i];

		if (insn_names_func(insn))
			mark_start(starts, code, (int64_t)i + 1 + insn->imm);
	}
	return starts;
}

/* Each function has to have a record, and @only: nothing else. */
static int check_starts(const struct capture *c, const bool *starts,
			const char *records, const bool *recorded, bool only)
{
	for (uint32_t i = 0; i < c->code.insn_count; i++) {
		if (starts[i] && !recorded[i])
			return broken(c, records, "lack the function at", i);
		if (only && recorded[i] && !starts[i])
			return broken(c, records, "name no function:", i);
	}
	return 0;
}

/* Records begin with the instruction that they are about, in ascending order.
 * Marks those in @recorded.
 */
static int check_order(const struct capture *c, const char *records,
		       const char *at, uint32_t count, size_t size,
		       bool *recorded)
{
	uint32_t before = 0;

	for (uint32_t i = 0; i < count; i++, at += size) {
		uint32_t insn = *(const uint32_t *)at;

		if (insn >= c->code.insn_count)
			return broken(c, records, "are about no", insn);
		if (i && insn <= before)
			return broken(c, records, "are out of order at", insn);
		recorded[insn] = true;
		before = insn;
	}
	return 0;
}

static int check_records(const struct capture *c, const char *records,
			 const char *at, uint32_t count, size_t size, bool only)
{
	bool *starts = find_starts(&c->code);
	bool *recorded = calloc(c->code.insn_count, sizeof(*recorded));
	int err;

	if (!starts || !recorded) {
		err = elf_fail(c->elf, -ENOMEM, "out of memory");
	} else {
		err = check_order(c, records, at, count, size, recorded);
		err = err ?: check_starts(c, starts, records, recorded, only);
	}
	free(starts);
	free(recorded);
	return err;
}

static int add_line(struct capture *c, const struct bpf_line_info *info)
{
	struct code *code = &c->code;
	struct code_line *line = &code->lines[code->line_count];

	if (!code->insns[info->insn_off].code)
		return broken(c, "lines", "begin in the middle of",
			      info->insn_off);
	if (!is_there(c, info->file_name_off) || !is_there(c, info->line_off))
		return broken(c, "lines", "have no text at", info->insn_off);
	line->insn = info->insn_off;
	line->line = BPF_LINE_INFO_LINE_NUM(info->line_col);
	line->file = code->strings + info->file_name_off;
	line->text = without_blanks(code->strings + info->line_off);
	code->line_count++;
	return 0;
}

int capture_lines(struct capture *c, const struct bpf_prog_load_opts *opts)
{
	const char *at = opts->line_info;
	size_t size = opts->line_info_rec_size;
	int err;

	if (!at || !opts->line_info_cnt)
		return 0;
	err = check_records(c, "lines", at, opts->line_info_cnt, size, false);
	if (err)
		return err;
	c->code.lines = calloc(opts->line_info_cnt, sizeof(*c->code.lines));
	if (!c->code.lines)
		return elf_fail(c->elf, -ENOMEM, "out of memory");
	for (uint32_t i = 0; !err && i < opts->line_info_cnt; i++)
		err = add_line(c, (const void *)(at + i * size));
	return err;
}

static int add_func(struct capture *c, const struct bpf_func_info *info)
{
	const struct btf *btf = bpf_object__btf(c->obj);
	struct code *code = &c->code;
	struct code_func *func = &code->funcs[code->func_count];
	const struct btf_type *t =
		btf ? btf__type_by_id(btf, info->type_id) : NULL;
	const struct btf_type *proto;

	if (!t || !btf_is_func(t) || !is_there(c, t->name_off))
		return broken(c, "functions", "have no type at",
			      info->insn_off);
	proto = btf__type_by_id(btf, t->type);
	if (!proto || !btf_is_func_proto(proto))
		return broken(c, "functions", "have no prototype at",
			      info->insn_off);
	func->insn = info->insn_off;
	func->name = code->strings + t->name_off;
	func->global = btf_vlen(t) == BTF_FUNC_GLOBAL;
	args_read(btf, info->type_id, func);
	code->func_count++;
	return 0;
}

int capture_funcs(struct capture *c, const struct bpf_prog_load_opts *opts)
{
	const char *at = opts->func_info;
	size_t size = opts->func_info_rec_size;
	int err;

	if (!at || !opts->func_info_cnt)
		return 0;
	err = check_records(c, "functions", at, opts->func_info_cnt, size,
			    true);
	if (err)
		return err;
	c->code.funcs = calloc(opts->func_info_cnt, sizeof(*c->code.funcs));
	if (!c->code.funcs)
		return elf_fail(c->elf, -ENOMEM, "out of memory");
	for (uint32_t i = 0; !err && i < opts->func_info_cnt; i++)
		err = add_func(c, (const void *)(at + i * size));
	return err;
}
