/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "check_lines.h"

static int compare_files(const char *a, const char *b)
{
	if (a == b)
		return 0;
	if (!a || !b)
		return a ? 1 : -1;
	return strcmp(a, b);
}

static int compare_lines(const struct check_insn *a, const struct check_insn *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return compare_files(a->file, b->file);
}

/* Of one line, the first of the program comes first. */
static int compare(const void *a, const void *b, void *insns)
{
	size_t first = *(const size_t *)a, second = *(const size_t *)b;
	const struct check_insn *all = insns;
	int lines = compare_lines(&all[first], &all[second]);

	return lines ?: first < second ? -1 : 1;
}

/* @of: to each instruction the first one of its line. */
static int find_firsts(size_t *of, const struct check_report *r)
{
	size_t *order = calloc(r->insn_count, sizeof(*order));
	size_t first = 0;

	if (!order)
		return -ENOMEM;
	for (size_t i = 0; i < r->insn_count; i++)
		order[i] = i;
	qsort_r(order, r->insn_count, sizeof(*order), compare, r->insns);
	for (size_t i = 0; i < r->insn_count; i++) {
		if (!i || compare_lines(&r->insns[first], &r->insns[order[i]]))
			first = order[i];
		of[order[i]] = first;
	}
	free(order);
	return 0;
}

static void add_up(struct check_lines *out, const struct check_report *r)
{
	for (size_t i = 0; i < r->insn_count; i++) {
		if (out->of[i] == i) {
			out->lines[out->count].insn = &r->insns[i];
			out->of[i] = out->count++;
		} else {
			out->of[i] = out->of[out->of[i]];
		}
		out->lines[out->of[i]].words += r->insns[i].words;
	}
}

int check_lines_start(struct check_lines *out, const struct check_report *r)
{
	int err = -ENOMEM;

	*out = (struct check_lines){ 0 };
	if (!r->insn_count)
		return 0;
	out->lines = calloc(r->insn_count, sizeof(*out->lines));
	out->of = calloc(r->insn_count, sizeof(*out->of));
	if (out->lines && out->of)
		err = find_firsts(out->of, r);
	if (err)
		check_lines_end(out);
	else
		add_up(out, r);
	return err;
}

void check_lines_end(struct check_lines *lines)
{
	free(lines->lines);
	free(lines->of);
	*lines = (struct check_lines){ 0 };
}
