/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "check_findings.h"
#include "check_listing.h"
#include "text.h"

#define TOLD_MAX    32 /* findings, unless asked for all */
#define INSNS_NAMED 8

void telling_begin(const struct telling *t)
{
	text_put(t->to, t->args->object);
	fputs(": ", t->to);
	text_put(t->to, t->r->name);
	fputs(": ", t->to);
}

static void row(FILE *to, const char *name, const char *text)
{
	fprintf(to, "\t%-8s ", name);
	text_put(to, text);
	fputc('\n', to);
}

/* Does driver or kernel say no, whatever else there is? */
static bool is_refused(const struct check_report *r)
{
	for (size_t i = 0; i < r->finding_count; i++)
		if (!r->findings[i].undecided &&
		    r->findings[i].rule->kind != RULE_UNSAFE)
			return true;
	return false;
}

static void quote(FILE *to, const char *words)
{
	fputc('"', to);
	text_put(to, words);
	fputc('"', to);
}

/* Who says it, where it is to be read, and what user space gets. */
static void put_words(const struct telling *t, const struct check_finding *f)
{
	const char *where = check_where_name(f->rule->where);
	const char *err = check_errno_name(f) ?: "an error";
	FILE *to = t->to;

	if (f->undecided) {
		if (f->words[0])
			row(to, "depends", f->words);
		return;
	}
	fprintf(to, "\t%-8s ", "says");
	if (f->rule->kind == RULE_UNSAFE && !f->words[0]) {
		fputs("nothing", to);
		fputs(is_refused(t->r) ? "" : ": driver and kernel accept it",
		      to);
	} else if (rule_crashes(f->rule)) {
		quote(to, f->words);
		fprintf(to, " (%s): loading it crashes the host's kernel",
			where);
	} else if (f->words[0] && f->rule->where != RULE_NOWHERE) {
		quote(to, f->words);
		fprintf(to, " (%s; %s)", where, err);
	} else if (f->words[0]) {
		text_put(to, f->words);
		fprintf(to, " (%s, and no word of it anywhere)", err);
	} else {
		fprintf(to, "%s, and no message anywhere", err);
	}
	fputc('\n', to);
}

/* Findings that differ in nothing but the instruction are told as one. */
static bool same_finding(const struct check_finding *a,
			 const struct check_finding *b)
{
	return a->rule == b->rule && a->undecided == b->undecided &&
	       a->file == b->file && a->line == b->line && a->map == b->map &&
	       !strcmp(a->words, b->words);
}

static bool is_told(const struct check_report *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (same_finding(&r->findings[i], &r->findings[n]))
			return true;
	return false;
}

static int compare_insns(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* All with the same finding, in the order of the program, which need not be
 * that of the findings. Return: how many.
 */
static size_t find_insns(const struct check_report *r, size_t first, int *out)
{
	size_t count = 0;

	for (size_t i = first; i < r->finding_count; i++)
		if (r->findings[i].insn >= 0 &&
		    same_finding(&r->findings[first], &r->findings[i]))
			out[count++] = r->findings[i].insn;
	qsort(out, count, sizeof(*out), compare_insns);
	return count;
}

static void put_insns(const struct telling *t, size_t first)
{
	int *insns = calloc(t->r->finding_count, sizeof(*insns));
	size_t count = insns ? find_insns(t->r, first, insns) : 0;
	size_t named = count;

	if (named > INSNS_NAMED && !t->args->verbose)
		named = INSNS_NAMED;
	for (size_t i = 0; i < named; i++)
		fprintf(t->to, "%s%d", i ? ", " : " at insn ", insns[i]);
	if (count > named)
		fprintf(t->to, " and %zu more", count - named);
	if (!insns)
		fputs(" (out of memory)", t->to);
	free(insns);
}

static void put_title(const struct telling *t, size_t n)
{
	const struct check_finding *f = &t->r->findings[n];

	telling_begin(t);
	if (t->kernel)
		fprintf(t->to, "with Linux %s: ", t->kernel);
	fprintf(t->to, "%s: %s", check_label(f), f->rule->id);
	put_insns(t, n);
	if (f->map) {
		fputs(" of map ", t->to);
		text_put(t->to, f->map);
	}
	if (f->file && f->line) {
		fputs(", ", t->to);
		text_place(t->to, f->file, f->line);
	}
	fprintf(t->to, ": %s\n", f->rule->limit);
}

static void put_finding(const struct telling *t, size_t n)
{
	const struct check_finding *f = &t->r->findings[n];

	put_title(t, n);
	if (f->line && f->source && *f->source)
		row(t->to, "code", f->source);
	if (f->insn >= 0 && (size_t)f->insn < t->r->insn_count)
		row(t->to, "insn", t->r->insns[f->insn].text);
	put_words(t, f);
	if (f->rule->reason)
		row(t->to, "because", f->rule->reason);
	if (f->rule->advice)
		row(t->to, "instead", f->rule->advice);
}

void telling_findings(const struct telling *t)
{
	unsigned int told = 0, untold = 0;

	for (size_t i = 0; i < t->r->finding_count; i++) {
		if (is_told(t->r, i))
			continue;
		if (told == TOLD_MAX && !t->args->verbose) {
			untold++;
			continue;
		}
		told++;
		put_finding(t, i);
	}
	if (!untold)
		return;
	telling_begin(t);
	fprintf(t->to, "%u more findings, which -v shows\n", untold);
}
