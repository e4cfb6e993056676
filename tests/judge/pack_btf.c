/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/bpf.h>
#include <stdbool.h>

#include "pack_btf.h"

/* A type for each of enum pack_type; 0 is void. */
static bool add_types(struct btf *btf, int types[PACK_TYPES])
{
	int ctx, memory, unsized;

	types[PACK_INT] = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	ctx = btf__add_struct(btf, "xdp_md", sizeof(struct xdp_md));
	memory = btf__add_struct(btf, "m", PACK_MEMORY_BYTES);
	unsized = btf__add_fwd(btf, "u", BTF_FWD_STRUCT);
	if (types[PACK_INT] < 0 || ctx < 0 || memory < 0 || unsized < 0)
		return false;
	types[PACK_CTX] = btf__add_ptr(btf, ctx);
	types[PACK_MEMORY] = btf__add_ptr(btf, memory);
	types[PACK_TAGGED] = btf__add_ptr(btf, 0);
	types[PACK_UNSIZED] = btf__add_ptr(btf, unsized);
	types[PACK_STRUCT] = memory;
	types[PACK_VOID] = 0;
	return types[PACK_CTX] > 0 && types[PACK_MEMORY] > 0 &&
	       types[PACK_TAGGED] > 0 && types[PACK_UNSIZED] > 0;
}

/* Return: its type, or what is less than 0. */
static int add_func(struct btf *btf, const struct pack_func *func,
		    const char *name, const int types[PACK_TYPES])
{
	int proto = btf__add_func_proto(btf, types[func->result]), id;

	for (unsigned int i = 0; proto > 0 && i < func->arg_count; i++)
		if (btf__add_func_param(btf, "a", types[func->args[i]]))
			return -1;
	if (proto < 0)
		return proto;
	id = btf__add_func(btf, name,
			   func->global ? BTF_FUNC_GLOBAL : BTF_FUNC_STATIC,
			   proto);
	for (unsigned int i = 0; id > 0 && i < func->arg_count; i++)
		if (func->args[i] == PACK_TAGGED &&
		    btf__add_decl_tag(btf, "arg:ctx", id, i) < 0)
			return -1;
	return id;
}

struct btf *pack_btf(const struct pack_program *program,
		     uint32_t funcs[PACK_FUNCS])
{
	struct btf *btf = btf__new_empty();
	int types[PACK_TYPES];
	bool good = btf && add_types(btf, types);

	for (unsigned int i = 0; good && i < program->func_count; i++) {
		const char name[] = { i ? 'f' : 'p', 'a' + i % 26, 'a' + i / 26,
				      '\0' };
		int id = add_func(btf, &program->funcs[i], name, types);

		good = id > 0;
		funcs[i] = id;
	}
	if (good)
		return btf;
	btf__free(btf);
	return NULL;
}
