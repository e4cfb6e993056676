/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CHECK_OBJECT_ARGS_H
#define CHECK_OBJECT_ARGS_H

#include <bpf/btf.h>

#include "code.h"

/**
 * args_read() - what a function takes and returns
 * @func: a function's type, which has a prototype
 * @out:  its name and whether it is global are set
 */
void args_read(const struct btf *btf, uint32_t func, struct code_func *out);

#endif
