/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>

#include "object_btf.h"

bool btf_part(const struct btf_type *t, uint32_t index, uint32_t *id)
{
	const void *rest = t + 1;
	const struct btf_array *array = rest;
	const struct btf_member *members = rest;
	const struct btf_param *params = rest;
	const struct btf_var_secinfo *vars = rest;
	uint32_t vlen = BTF_INFO_VLEN(t->info);

	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_PTR:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPE_TAG:
	case BTF_KIND_DECL_TAG:
	case BTF_KIND_FUNC:
	case BTF_KIND_VAR:
		*id = t->type;
		return !index;
	case BTF_KIND_ARRAY:
		*id = index ? array->index_type : array->type;
		return index < 2;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		if (index < vlen)
			*id = members[index].type;
		return index < vlen;
	case BTF_KIND_FUNC_PROTO:
		if (index && index <= vlen)
			*id = params[index - 1].type;
		else
			*id = t->type;
		return index <= vlen;
	case BTF_KIND_DATASEC:
		if (index < vlen)
			*id = vars[index].type;
		return index < vlen;
	default: /* numbers, and what is declared only */
		return false;
	}
}

static bool has_name(const struct btf_file *b, uint32_t offset)
{
	return offset < b->string_bytes;
}

static bool names_are_there(const struct btf_file *b, const struct btf_type *t)
{
	const void *rest = t + 1;
	const struct btf_enum *enums = rest;
	const struct btf_enum64 *enums64 = rest;
	const struct btf_member *members = rest;
	const struct btf_param *params = rest;
	bool all = has_name(b, t->name_off);

	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++)
		switch (BTF_INFO_KIND(t->info)) {
		case BTF_KIND_ENUM:
			all &= has_name(b, enums[i].name_off);
			break;
		case BTF_KIND_ENUM64:
			all &= has_name(b, enums64[i].name_off);
			break;
		case BTF_KIND_STRUCT:
		case BTF_KIND_UNION:
			all &= has_name(b, members[i].name_off);
			break;
		case BTF_KIND_FUNC_PROTO:
			all &= has_name(b, params[i].name_off);
			break;
		}
	return all;
}

static unsigned int kind_of(const struct btf_file *b, uint32_t id)
{
	return BTF_INFO_KIND(btf_type_of(b, id)->info);
}

/* What each kind may be made of. */
static bool part_fits(const struct btf_file *b, unsigned int kind, uint32_t id)
{
	unsigned int part = kind_of(b, id);

	switch (kind) {
	case BTF_KIND_FUNC:
		return part == BTF_KIND_FUNC_PROTO;
	case BTF_KIND_DATASEC:
		return part == BTF_KIND_VAR || part == BTF_KIND_FUNC;
	case BTF_KIND_DECL_TAG:
		return id;
	case BTF_KIND_PTR:
		return part != BTF_KIND_VAR && part != BTF_KIND_DATASEC &&
		       part != BTF_KIND_FUNC && part != BTF_KIND_DECL_TAG;
	case BTF_KIND_VAR:
	case BTF_KIND_ARRAY:
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		if (!id)
			return false;
		break;
	}
	return part != BTF_KIND_VAR && part != BTF_KIND_DATASEC &&
	       part != BTF_KIND_FUNC && part != BTF_KIND_DECL_TAG;
}

/* What libbpf would have to ask the running kernel about. */
static const char *kernel_section(const struct btf_file *b,
				  const struct btf_type *t)
{
	const struct btf_var_secinfo *vars = (const void *)(t + 1);
	const char *name = btf_string(b, t->name_off);

	if (BTF_INFO_KIND(t->info) != BTF_KIND_DATASEC)
		return NULL;
	if (!strcmp(name, ".kconfig"))
		return "reads the kernel's configuration (__kconfig), which "
		       "libbpf keeps in a map that no card can have";
	if (strcmp(name, ".ksyms"))
		return NULL;
	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++)
		if (kind_of(b, vars[i].type) != BTF_KIND_FUNC)
			return "uses a variable of the kernel (__ksym), which "
			       "no card has";
	return NULL;
}

/* libbpf looks for each variable among all symbols, and compares maps in
 * pairs.
 */
static int check_section(const struct btf_file *b, const struct btf_type *t)
{
	uint64_t vlen = BTF_INFO_VLEN(t->info);

	if (BTF_INFO_KIND(t->info) != BTF_KIND_DATASEC)
		return 0;
	if (vlen * b->elf->symbol_count > 100000000 ||
	    (vlen > OBJECT_MAPS_MAX &&
	     !strcmp(btf_string(b, t->name_off), ".maps")))
		return elf_fail(b->elf, -EFBIG,
				"%llu variables in section %.60s are more than "
				"are read",
				(unsigned long long)vlen,
				btf_string(b, t->name_off));
	return 0;
}

static int check_type(const struct btf_file *b, uint32_t id)
{
	const struct btf_type *t = btf_type_of(b, id);
	const char *kernel;
	uint32_t part = 0;

	if (!names_are_there(b, t))
		return elf_fail(b->elf, -ENOEXEC,
				"broken BTF: a name of type %u is nowhere", id);
	for (uint32_t i = 0; btf_part(t, i, &part); i++)
		if (part >= b->count ||
		    !part_fits(b, BTF_INFO_KIND(t->info), part))
			return elf_fail(b->elf, -ENOEXEC,
					"broken BTF: type %u cannot be made "
					"of type %u",
					id, part);
	kernel = kernel_section(b, t);
	if (kernel)
		return elf_fail(b->elf, -ENOEXEC, "%s", kernel);
	return check_section(b, t);
}

int btf_check_types(const struct btf_file *b)
{
	int err = 0;

	for (uint32_t id = 1; !err && id < b->count; id++)
		err = check_type(b, id);
	return err;
}
