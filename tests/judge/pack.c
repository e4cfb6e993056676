/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "pack.h"

#define HEADER offsetof(struct pack_program, maps)

int pack_begin(FILE *file)
{
	return fputs(PACK_MAGIC, file) < 0 ? -errno : 0;
}

int pack_open(FILE *file)
{
	char magic[sizeof(PACK_MAGIC) - 1];

	if (fread(magic, sizeof(magic), 1, file) != 1 ||
	    memcmp(magic, PACK_MAGIC, sizeof(magic)))
		return -EINVAL;
	return 0;
}

static int put(FILE *file, const void *from, size_t size, size_t count)
{
	return fwrite(from, size, count, file) == count ? 0 : -errno;
}

int pack_write(FILE *file, const struct pack_program *p)
{
	int err = put(file, p, HEADER, 1);

	err = err ?: put(file, p->maps, sizeof(p->maps[0]), p->map_count);
	err = err ?: put(file, p->funcs, sizeof(p->funcs[0]), p->func_count);
	return err ?: put(file, p->insns, sizeof(p->insns[0]), p->insn_count);
}

int pack_read(FILE *file, struct pack_program *out)
{
	size_t got = fread(out, 1, HEADER, file);

	if (!got)
		return 0;
	if (got != HEADER || out->map_count > PACK_MAPS ||
	    out->func_count > PACK_FUNCS || out->insn_count > PACK_INSNS)
		return -EINVAL;
	out->name[sizeof(out->name) - 1] = '\0';
	if (fread(out->maps, sizeof(out->maps[0]), out->map_count, file) !=
		    out->map_count ||
	    fread(out->funcs, sizeof(out->funcs[0]), out->func_count, file) !=
		    out->func_count)
		return -EINVAL;
	out->insns = calloc(out->insn_count + 1, sizeof(out->insns[0]));
	if (!out->insns)
		return -ENOMEM;
	if (fread(out->insns, sizeof(out->insns[0]), out->insn_count, file) ==
	    out->insn_count)
		return 1;
	pack_free(out);
	return -EINVAL;
}

void pack_free(struct pack_program *program)
{
	free(program->insns);
	program->insns = NULL;
}

bool pack_names_func(const struct bpf_insn *insn)
{
	return (insn->code == (BPF_JMP | BPF_CALL) &&
		insn->src_reg == BPF_PSEUDO_CALL) ||
	       (insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
		insn->src_reg == BPF_PSEUDO_FUNC);
}

int pack_map_of(const struct pack_program *p, unsigned int insn)
{
	const struct bpf_insn *i = &p->insns[insn];

	if (i->code != (BPF_LD | BPF_IMM | BPF_DW) ||
	    (i->src_reg != BPF_PSEUDO_MAP_FD &&
	     i->src_reg != BPF_PSEUDO_MAP_VALUE))
		return -1;
	return (uint32_t)i->imm < p->map_count ? i->imm : -1;
}
