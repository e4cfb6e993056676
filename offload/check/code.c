/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "code.h"

const struct code_line *code_line(const struct code *code, unsigned int insn)
{
	size_t low = 0, high = code->line_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code->lines[middle].insn <= insn)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? &code->lines[low - 1] : NULL;
}

const struct code_func *code_func(const struct code *code, unsigned int insn)
{
	size_t low = 0, high = code->func_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (code->funcs[middle].insn < insn)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < code->func_count && code->funcs[low].insn == insn)
		return &code->funcs[low];
	return NULL;
}

const struct code_extern *code_extern(const struct code *code,
				      unsigned int insn)
{
	for (unsigned int i = 0; i < code->extern_count; i++)
		if (code->externs[i].insn == insn)
			return &code->externs[i];
	return NULL;
}

void code_free(struct code *code)
{
	free(code->insns);
	free(code->maps);
	free(code->lines);
	free(code->funcs);
	free(code->externs);
	free(code->strings);
	memset(code, 0, sizeof(*code));
}
