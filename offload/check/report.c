/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

/* What a finding is about. */
struct about {
	enum rule_id rule;
	int insn;
	const char *map;
	int err;
	bool undecided;
};

static bool is_told(const struct check_finding *f, const struct about *about)
{
	return f->rule == &rules[about->rule] && f->insn == about->insn &&
	       (about->insn >= 0 || f->map == about->map);
}

static struct check_finding *find_told(const struct check_report *report,
				       const struct about *about)
{
	for (size_t i = 0; i < report->finding_count; i++)
		if (is_told(&report->findings[i], about))
			return &report->findings[i];
	return NULL;
}

/* Room for one more, in steps that double. */
static bool make_room(struct check_report *report)
{
	size_t n = report->finding_count;
	struct check_finding *more;

	if (n && (n & (n - 1)))
		return true;
	more = realloc(report->findings, (n ? 2 * n : 1) * sizeof(*more));
	if (!more)
		return false;
	report->findings = more;
	return true;
}

static struct check_finding *insert(struct checking *c, enum rule_stage stage)
{
	struct check_report *report = c->report;
	size_t n = report->finding_count, at = n;

	if (!make_room(report)) {
		c->no_memory = true;
		return NULL;
	}
	while (at && report->findings[at - 1].rule->stage > stage)
		at--;
	memmove(&report->findings[at + 1], &report->findings[at],
		(n - at) * sizeof(*report->findings));
	report->finding_count++;
	return &report->findings[at];
}

static void find_line(struct check_finding *f, const struct code *code)
{
	const struct code_line *line =
		f->insn >= 0 ? code_line(code, f->insn) : NULL;

	if (!line)
		return;
	f->file = line->file;
	f->line = line->line;
	f->source = line->text;
}

static void fill(struct checking *c, struct check_finding *f,
		 const struct about *about, const char *format, va_list args)
{
	const struct rule *rule = &rules[about->rule];

	*f = (struct check_finding){
		.rule = rule,
		.undecided = about->undecided,
		.insn = about->insn,
		.err = about->err ? about->err : rule->err,
		.map = about->map,
	};
	find_line(f, c->code);
	if (format)
		vsnprintf(f->words, sizeof(f->words), format, args);
}

/* What is certain takes the place of what could not be decided. */
static struct check_finding *add(struct checking *c, const struct about *about,
				 const char *format, va_list args)
{
	struct check_finding *f = find_told(c->report, about);

	if (f && (!f->undecided || about->undecided))
		return NULL;
	if (!f)
		f = insert(c, rules[about->rule].stage);
	if (f)
		fill(c, f, about, format, args);
	return f;
}

struct check_finding *finding_add(struct checking *c, enum rule_id rule,
				  int insn, int err, const char *format, ...)
{
	struct about about = { .rule = rule, .insn = insn, .err = err };
	struct check_finding *f;
	va_list args;

	va_start(args, format);
	f = add(c, &about, format, args);
	va_end(args);
	return f;
}

struct check_finding *finding_undecided(struct checking *c, enum rule_id rule,
					int insn, const char *format, ...)
{
	struct about about = { .rule = rule, .insn = insn, .undecided = true };
	struct check_finding *f;
	va_list args;

	va_start(args, format);
	f = add(c, &about, format, args);
	va_end(args);
	return f;
}

struct check_finding *finding_map(struct checking *c, enum rule_id rule,
				  const struct code_map *map, int err,
				  const char *format, ...)
{
	struct about about = {
		.rule = rule,
		.insn = -1,
		.map = map->name,
		.err = err,
	};
	struct check_finding *f;
	va_list args;

	va_start(args, format);
	f = add(c, &about, format, args);
	va_end(args);
	return f;
}
