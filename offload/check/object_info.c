/* SPDX-License-Identifier: GPL-2.0-only */
#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "object_code.h"

static bool is_there(const struct capture *c, uint32_t offset)
{
	return c->code.strings && offset < c->btf->string_bytes;
}

static const char *without_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

/* Records are of what the program was compiled to: those that are not in
 * order, or beyond it, are about nothing.
 */
static void add_line(struct capture *c, const struct bpf_line_info *info)
{
	struct code *code = &c->code;
	struct code_line *line = &code->lines[code->line_count];

	if (info->insn_off >= code->insn_count ||
	    !is_there(c, info->file_name_off) || !is_there(c, info->line_off))
		return;
	if (code->line_count && line[-1].insn >= info->insn_off)
		return;
	line->insn = info->insn_off;
	line->line = BPF_LINE_INFO_LINE_NUM(info->line_col);
	line->file = code->strings + info->file_name_off;
	line->text = without_blanks(code->strings + info->line_off);
	code->line_count++;
}

int capture_lines(struct capture *c, const struct bpf_prog_load_opts *opts)
{
	const char *at = opts->line_info;

	if (!at || !opts->line_info_cnt)
		return 0;
	c->code.lines = calloc(opts->line_info_cnt, sizeof(*c->code.lines));
	if (!c->code.lines)
		return elf_fail(c->elf, -ENOMEM, "out of memory");
	for (uint32_t i = 0; i < opts->line_info_cnt; i++)
		add_line(c,
			 (const void *)(at +
					(size_t)i * opts->line_info_rec_size));
	return 0;
}

static const struct btf_type *bare(const struct btf *btf, uint32_t id)
{
	const struct btf_type *t = btf__type_by_id(btf, id);

	while (t && (btf_is_mod(t) || btf_is_typedef(t)))
		t = btf__type_by_id(btf, t->type);
	return t;
}

/* As the kernel reads the arguments of a global function: kernel/bpf/btf.c,
 * btf_prepare_func_args().
 */
static enum code_arg arg_of(const struct btf *btf, uint32_t id, uint32_t *size)
{
	const struct btf_type *t = bare(btf, id);
	const char *name;
	int64_t bytes;

	if (!t)
		return CODE_ARG_OTHER;
	if (btf_is_int(t) || btf_is_any_enum(t))
		return CODE_ARG_SCALAR;
	if (!btf_is_ptr(t))
		return CODE_ARG_OTHER;
	id = t->type;
	t = bare(btf, id);
	name = t ? btf__name_by_offset(btf, t->name_off) : NULL;
	if (name && btf_is_struct(t) && !strcmp(name, "xdp_md"))
		return CODE_ARG_CTX;
	bytes = t ? btf__resolve_size(btf, id) : -1;
	if (bytes <= 0 || bytes > UINT32_MAX)
		return CODE_ARG_OTHER;
	*size = bytes;
	return CODE_ARG_MEM;
}

static void read_proto(const struct btf *btf, const struct btf_type *proto,
		       struct code_func *out)
{
	const struct btf_param *params = btf_params(proto);
	const struct btf_type *result = bare(btf, proto->type);
	unsigned int count = btf_vlen(proto);

	out->returns_void = !proto->type;
	out->args = count < 5 ? count : 5;
	for (unsigned int i = 0; i < out->args; i++)
		out->arg[i] = arg_of(btf, params[i].type, &out->arg_size[i]);
	/* Too many, or a result that is no number: nothing the kernel takes. */
	if (count > 5 ||
	    (proto->type &&
	     (!result || (!btf_is_int(result) && !btf_is_any_enum(result))))) {
		out->args = out->args ?: 1;
		out->arg[0] = CODE_ARG_OTHER;
	}
}

static void add_func(struct capture *c, const struct bpf_func_info *info)
{
	const struct btf *btf = bpf_object__btf(c->obj);
	struct code *code = &c->code;
	struct code_func *func = &code->funcs[code->func_count];
	const struct btf_type *t =
		btf ? btf__type_by_id(btf, info->type_id) : NULL;
	const struct btf_type *proto;

	if (!t || !btf_is_func(t) || !is_there(c, t->name_off) ||
	    info->insn_off >= code->insn_count)
		return;
	if (code->func_count && func[-1].insn >= info->insn_off)
		return;
	proto = btf__type_by_id(btf, t->type);
	if (!proto || !btf_is_func_proto(proto))
		return;
	func->insn = info->insn_off;
	func->name = code->strings + t->name_off;
	func->global = btf_vlen(t) == BTF_FUNC_GLOBAL;
	read_proto(btf, proto, func);
	code->func_count++;
}

int capture_funcs(struct capture *c, const struct bpf_prog_load_opts *opts)
{
	const char *at = opts->func_info;

	if (!at || !opts->func_info_cnt)
		return 0;
	c->code.funcs = calloc(opts->func_info_cnt, sizeof(*c->code.funcs));
	if (!c->code.funcs)
		return elf_fail(c->elf, -ENOMEM, "out of memory");
	for (uint32_t i = 0; i < opts->func_info_cnt; i++)
		add_func(c,
			 (const void *)(at +
					(size_t)i * opts->func_info_rec_size));
	return 0;
}
