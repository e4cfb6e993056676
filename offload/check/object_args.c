/* SPDX-License-Identifier: GPL-2.0-only */
/* The arguments of a global function, as each kernel reads them from BTF
 * (kernel/bpf/btf.c btf_prepare_func_args()).
 */
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "object_args.h"

/* btf_decl_tag("arg:...") of one argument. */
enum tag {
	TAG_CTX = 1 << 0,
	TAG_TRUSTED = 1 << 1,
	TAG_NONNULL = 1 << 2,
	TAG_NULLABLE = 1 << 3,
	TAG_ARENA = 1 << 4,
	TAG_UNKNOWN = 1 << 5,
};

#define refused(out, error, ...)                               \
	((out)->kind = CODE_ARG_REFUSED, (out)->err = (error), \
	 (void)snprintf((out)->words, sizeof((out)->words), __VA_ARGS__))

static const struct btf_type *bare(const struct btf *btf, uint32_t id)
{
	const struct btf_type *t = btf__type_by_id(btf, id);

	while (t && (btf_is_mod(t) || btf_is_typedef(t)))
		t = btf__type_by_id(btf, t->type);
	return t;
}

static const char *name_of(const struct btf *btf, const struct btf_type *t)
{
	const char *name = t ? btf__name_by_offset(btf, t->name_off) : NULL;

	return name ? name : "";
}

static bool is_number(const struct btf_type *t)
{
	return t && (btf_is_int(t) || btf_is_any_enum(t));
}

/* As the kernel names a kind (btf_kind_str). */
static const char *kind_name(const struct btf_type *t)
{
	static const char *const names[] = {
		"UNKNOWN", "INT",      "PTR",	   "ARRAY",	 "STRUCT",
		"UNION",   "ENUM",     "FWD",	   "TYPEDEF",	 "VOLATILE",
		"CONST",   "RESTRICT", "FUNC",	   "FUNC_PROTO", "VAR",
		"DATASEC", "FLOAT",    "DECL_TAG", "TYPE_TAG",	 "ENUM64",
	};
	unsigned int kind = t ? btf_kind(t) : 0;

	return kind < sizeof(names) / sizeof(names[0]) ? names[kind] : names[0];
}

static bool is_struct(const struct btf *btf, const struct btf_type *t,
		      const char *name)
{
	return t && btf_is_struct(t) && !strcmp(name_of(btf, t), name);
}

/* What is behind a pointer that is no context. */
static void memory(const struct btf *btf, unsigned int n, uint32_t id,
		   struct code_arg *out)
{
	const struct btf_type *t = bare(btf, id);
	int64_t bytes = t && btf_kind(t) != BTF_KIND_UNKN
				? btf__resolve_size(btf, id)
				: -1;

	if (bytes < 0 || bytes > UINT32_MAX) {
		refused(out, EINVAL,
			"arg#%u reference type('%s %.40s') size cannot be "
			"determined: -22",
			n, kind_name(t), name_of(btf, t));
		return;
	}
	out->kind = CODE_ARG_MAY_MEM;
	out->size = bytes;
}

static void not_yet(unsigned int n, const struct btf_type *t, const char *func,
		    struct code_arg *out)
{
	refused(out, EINVAL, "Arg#%u type %s in %.40s() is not supported yet.",
		n, kind_name(t), func);
}

/* Linux 6.1: by its type alone. */
static void read_old(const struct btf *btf, unsigned int n, uint32_t id,
		     const char *func, struct code_arg *out)
{
	const struct btf_type *t = bare(btf, id);

	if (is_number(t))
		out->kind = CODE_ARG_SCALAR;
	else if (!t || !btf_is_ptr(t))
		not_yet(n, t, func, out);
	else if (is_struct(btf, bare(btf, t->type), "xdp_md"))
		out->kind = CODE_ARG_CTX;
	else
		memory(btf, n, t->type, out);
}

/* A context by its tag must be void or the real thing
 * (btf_validate_prog_ctx_type()).
 */
static void tagged_ctx(const struct btf *btf, unsigned int n,
		       const struct btf_type *to, struct code_arg *out)
{
	if (to && btf_kind(to) != BTF_KIND_UNKN && !name_of(btf, to)[0])
		refused(out, EINVAL, "arg#%u type doesn't have a name", n);
	else if (to && btf_kind(to) != BTF_KIND_UNKN &&
		 !is_struct(btf, to, "xdp_md"))
		refused(out, EINVAL, "arg#%u should be `struct xdp_md *`", n);
	else
		out->kind = CODE_ARG_CTX;
}

static void bad_tags(unsigned int n, struct code_arg *out)
{
	refused(out, EINVAL, "arg#%u has invalid combination of tags", n);
}

static void read_pointer(const struct btf *btf, unsigned int n,
			 const struct btf_type *t, unsigned int tags,
			 struct code_arg *out)
{
	const struct btf_type *to = bare(btf, t->type);
	bool ctx =
		is_struct(btf, to, "xdp_md") || is_struct(btf, to, "xdp_buff");

	if ((ctx || tags & TAG_CTX) && tags & ~TAG_CTX) {
		bad_tags(n, out);
	} else if (tags & TAG_CTX) {
		tagged_ctx(btf, n, to, out);
	} else if (ctx) {
		out->kind = CODE_ARG_CTX;
	} else if (is_struct(btf, to, "bpf_dynptr") ||
		   tags & (TAG_TRUSTED | TAG_ARENA)) {
		out->kind = CODE_ARG_KERNEL;
	} else if (tags & TAG_NULLABLE) {
		bad_tags(n, out);
	} else {
		memory(btf, n, t->type, out);
		if (out->kind == CODE_ARG_MAY_MEM && tags & TAG_NONNULL)
			out->kind = CODE_ARG_MEM;
	}
}

static void read_later(const struct btf *btf, unsigned int n, uint32_t id,
		       unsigned int tags, const char *func,
		       struct code_arg *out)
{
	const struct btf_type *t = bare(btf, id);

	if (tags & TAG_UNKNOWN)
		refused(out, EOPNOTSUPP, "arg#%u has unsupported set of tags",
			n);
	else if (t && btf_is_ptr(t))
		read_pointer(btf, n, t, tags, out);
	else if (tags)
		refused(out, EINVAL,
			"arg#%u has pointer tag, but is not a pointer type", n);
	else if (is_number(t))
		out->kind = CODE_ARG_SCALAR;
	else
		not_yet(n, t, func, out);
}

static unsigned int tag_of(const char *text)
{
	static const struct {
		const char *text;
		unsigned int tag;
	} tags[] = {
		{ "ctx", TAG_CTX },	    { "trusted", TAG_TRUSTED },
		{ "nonnull", TAG_NONNULL }, { "nullable", TAG_NULLABLE },
		{ "arena", TAG_ARENA },
	};

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (!strcmp(tags[i].text, text))
			return tags[i].tag;
	return TAG_UNKNOWN;
}

/* All tags of a function's arguments. */
static void find_tags(const struct btf *btf, uint32_t func,
		      unsigned int tags[CODE_ARGS])
{
	static const char prefix[] = "arg:";

	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);
		const char *text = name_of(btf, t);
		int arg;

		if (!btf_is_decl_tag(t) || t->type != func ||
		    strncmp(text, prefix, strlen(prefix)))
			continue;
		arg = btf_decl_tag(t)->component_idx;
		if (arg >= 0 && arg < CODE_ARGS)
			tags[arg] |= tag_of(text + strlen(prefix));
	}
}

void args_read(const struct btf *btf, uint32_t func, struct code_func *out)
{
	const struct btf_type *proto =
		btf__type_by_id(btf, btf__type_by_id(btf, func)->type);
	const struct btf_param *params = btf_params(proto);
	unsigned int tags[CODE_ARGS] = { 0 };

	out->args = btf_vlen(proto);
	out->no_number = !is_number(bare(btf, proto->type));
	if (!out->global)
		return;
	find_tags(btf, func, tags);
	for (unsigned int i = 0; i < out->args && i < CODE_ARGS; i++) {
		read_old(btf, i, params[i].type, out->name, &out->arg[i]);
		read_later(btf, i, params[i].type, tags[i], out->name,
			   &out->later[i]);
	}
}
