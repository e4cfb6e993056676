/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef JUDGE_PACK_BTF_H
#define JUDGE_PACK_BTF_H

#include <bpf/btf.h>

#include "pack.h"

/**
 * pack_btf() - the types of a program's functions
 * @funcs: the type of each
 *
 * Return: freed with btf__free(); NULL without memory.
 */
struct btf *pack_btf(const struct pack_program *program,
		     uint32_t funcs[PACK_FUNCS]);

#endif
