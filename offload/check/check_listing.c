/* SPDX-License-Identifier: GPL-2.0-only */
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "check_lines.h"
#include "check_listing.h"
#include "text.h"

/* Without the folder that we are in, as editors and people like it. */
static const char *short_path(const char *path)
{
	static char here[PATH_MAX];
	size_t len;

	if (!here[0] && !getcwd(here, sizeof(here)))
		return path;
	len = strlen(here);
	if (!strncmp(path, here, len) && path[len] == '/' && path[len + 1])
		return path + len + 1;
	return path;
}

void text_place(FILE *to, const char *file, unsigned int line)
{
	text_put(to, short_path(file));
	if (line)
		fprintf(to, ":%u", line);
}

static bool same_line(const struct check_insn *a, const struct check_insn *b)
{
	return a->line == b->line && a->file == b->file &&
	       a->source == b->source;
}

/* NFP instructions of what follows from the same line. */
static unsigned int run_words(const struct check_report *r, size_t first)
{
	unsigned int words = 0;

	for (size_t i = first; i < r->insn_count; i++) {
		if (!same_line(&r->insns[first], &r->insns[i]))
			break;
		words += r->insns[i].words;
	}
	return words;
}

/* Of the line's total only where that is another. */
static void put_words(FILE *to, const struct check_lines *lines,
		      const struct check_report *r, size_t first)
{
	unsigned int words = run_words(r, first), total = words;

	if (lines->of)
		total = lines->lines[lines->of[first]].words;
	fprintf(to, "  [%u", words);
	if (total != words)
		fprintf(to, " of %u", total);
	fputc(']', to);
}

static void put_heading(FILE *to, const struct check_lines *lines,
			const struct check_report *r, size_t first)
{
	const struct check_insn *insn = &r->insns[first];

	if (!insn->file || !insn->line) {
		fputs("of no source line", to);
	} else {
		text_place(to, insn->file, insn->line);
		fputs(": ", to);
		text_put(to, insn->source ? insn->source : "");
	}
	if (r->costed)
		put_words(to, lines, r, first);
	fputc('\n', to);
}

static void put_insn(FILE *to, const struct check_report *r, size_t i)
{
	const struct check_insn *insn = &r->insns[i];

	if (!insn->text[0]) /* the second half of a constant */
		return;
	fprintf(to, "%8zu ", i);
	if (!insn->reached)
		fprintf(to, "%5s", "-");
	else if (r->costed)
		fprintf(to, "%5u", insn->words);
	else
		fprintf(to, "%5s", "?");
	fputs("  ", to);
	text_put(to, insn->text);
	fputs(insn->reached ? "\n" : "  ; not reached\n", to);
}

void check_listing(FILE *to, const struct check_report *r)
{
	struct check_lines lines;

	if (check_lines_start(&lines, r))
		fputs("without totals of lines: out of memory\n", to);
	if (r->insn_count)
		fputs("    insn   NFP  instruction\n", to);
	for (size_t i = 0; i < r->insn_count; i++) {
		if (!i || !same_line(&r->insns[i - 1], &r->insns[i]))
			put_heading(to, &lines, r, i);
		put_insn(to, r, i);
	}
	if (r->costed)
		fprintf(to, "%8s %5u  before and after the program\n", "",
			r->fixed_words);
	check_lines_end(&lines);
}
