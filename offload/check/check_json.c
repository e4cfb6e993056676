/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "check_json.h"
#include "check_lines.h"
#include "check_text.h"
#include "profile.h"
#include "text.h"

static json_t *number(unsigned long n)
{
	return json_integer(n);
}

static json_t *number_or_null(bool known, unsigned long n)
{
	return known ? number(n) : json_null();
}

static void set(json_t *out, const char *key, json_t *value)
{
	json_object_set_new(out, key, value);
}

static json_t *finding(const struct check_finding *f, enum check_kernel kernel)
{
	const struct rule *rule = f->rule;
	json_t *out = json_object();

	set(out, "rule", text_json(rule->id));
	set(out, "kernel", text_json(check_kernel_name(kernel)));
	set(out, "kind", text_json(check_label(f)));
	set(out, "crashes", json_boolean(rule_crashes(rule)));
	set(out, "insn", number_or_null(f->insn >= 0, f->insn));
	set(out, "map", text_json(f->map));
	set(out, "file", text_json(f->line ? f->file : NULL));
	set(out, "line", number_or_null(f->line, f->line));
	set(out, "code", text_json(f->line ? f->source : NULL));
	set(out, "words", text_json(f->words));
	set(out, "where", text_json(check_where_name(rule->where)));
	set(out, "errno", text_json(check_errno_name(f)));
	set(out, "limit", text_json(rule->limit));
	set(out, "reason", text_json(rule->reason));
	set(out, "advice", text_json(rule->advice));
	set(out, "source", text_json(rule->source));
	set(out, "evidence",
	    text_json(rule->evidence == RULE_EXECUTED ? "executed" : "read"));
	return out;
}

static void add_findings(json_t *out, const struct check_report *r,
			 enum check_kernel kernel)
{
	for (size_t i = 0; i < r->finding_count; i++)
		json_array_append_new(out, finding(&r->findings[i], kernel));
}

/* Where two kernels do not agree: those of both. */
static json_t *findings(const struct check_arguments *args,
			const struct check_report *r,
			const struct check_report *other)
{
	json_t *out = json_array();

	add_findings(out, r, args->options.kernel);
	if (other)
		add_findings(out, other, args->later);
	return out;
}

/* "6.1": "accepted" */
static json_t *verdicts(const struct check_arguments *args,
			const struct check_both *both, size_t i)
{
	json_t *out = json_object();

	set(out, check_kernel_name(args->options.kernel),
	    text_json(check_verdict_name(both->reports[i].verdict)));
	if (both->later)
		set(out, check_kernel_name(args->later),
		    text_json(check_verdict_name(both->later[i].verdict)));
	return out;
}

static json_t *insn(const struct check_report *r, size_t i)
{
	const struct check_insn *insn = &r->insns[i];
	json_t *out = json_object();

	set(out, "insn", number(i));
	set(out, "text", text_json(insn->text));
	set(out, "reached", json_boolean(insn->reached));
	set(out, "nfp_instructions", number_or_null(r->costed, insn->words));
	set(out, "file", text_json(insn->file));
	set(out, "line", number_or_null(insn->line, insn->line));
	set(out, "code", text_json(insn->source));
	return out;
}

static json_t *insns(const struct check_report *r)
{
	json_t *out = json_array();

	for (size_t i = 0; i < r->insn_count; i++)
		if (r->insns[i].text[0])
			json_array_append_new(out, insn(r, i));
	return out;
}

static json_t *lines(const struct check_report *r)
{
	struct check_lines all;
	json_t *out;

	if (check_lines_start(&all, r))
		return NULL;
	out = json_array();
	for (size_t i = 0; i < all.count; i++) {
		const struct check_insn *insn = all.lines[i].insn;
		json_t *one = json_object();

		set(one, "file", text_json(insn->file));
		set(one, "line", number_or_null(insn->line, insn->line));
		set(one, "code", text_json(insn->source));
		set(one, "nfp_instructions",
		    number_or_null(r->costed, all.lines[i].words));
		json_array_append_new(out, one);
	}
	check_lines_end(&all);
	return out;
}

/* Firmware without BPF has no limits. */
static json_t *against(const struct profile *p, json_t *used,
		       unsigned long limit)
{
	json_t *out = json_object();

	set(out, "used", used);
	set(out, "limit", number_or_null(p->app == PROFILE_APP_BPF, limit));
	return out;
}

static void set_numbers(json_t *out, const struct profile *p,
			const struct check_report *r)
{
	json_t *stack = number_or_null(r->followed, r->stack);
	json_t *window = number_or_null(r->followed, r->window);

	set(out, "nfp_instructions",
	    against(p, number_or_null(r->costed, r->words), p->max_insns));
	set(out, "nfp_instructions_fixed",
	    number_or_null(r->costed, r->fixed_words));
	set(out, "stack_bytes", against(p, stack, p->stack));
	set(out, "packet_bytes", against(p, window, p->packet_window));
	set(out, "maps", against(p, number(r->maps), p->max_maps));
	set(out, "map_entries", against(p, number(r->entries), p->max_entries));
	set(out, "explored", number_or_null(r->explored, r->explored));
}

static json_t *program(const struct check_arguments *args,
		       const struct check_both *both, size_t i)
{
	const struct check_report *r = &both->reports[i];
	json_t *out = json_object();

	set(out, "object", text_json(args->object));
	set(out, "program", text_json(r->name));
	set(out, "section", text_json(r->section));
	set(out, "verdict",
	    text_json(check_verdict_name(check_verdict_of(both, i))));
	set(out, "firmware", text_json(args->options.profile->name));
	set(out, "kernel", text_json(check_kernel_name(args->options.kernel)));
	set(out, "kernel_asked", text_json(args->asked_kernel));
	set(out, "kernel_verdicts", verdicts(args, both, i));
	set(out, "mtu", number(args->options.mtu));
	set_numbers(out, args->options.profile, r);
	set(out, "findings", findings(args, r, check_other(both, i)));
	set(out, "lines", lines(r));
	set(out, "instructions", insns(r));
	return out;
}

int check_json(FILE *to, const struct check_arguments *args,
	       const struct check_both *both)
{
	json_t *all = json_array();
	int err;

	for (size_t i = 0; i < both->count; i++)
		json_array_append_new(all, program(args, both, i));
	if (!all || json_array_size(all) != both->count) {
		json_decref(all);
		return -ENOMEM;
	}
	err = json_dumpf(both->count == 1 ? json_array_get(all, 0) : all, to,
			 JSON_COMPACT);
	fputc('\n', to);
	json_decref(all);
	return err && !ferror(to) ? -ENOMEM : 0;
}
