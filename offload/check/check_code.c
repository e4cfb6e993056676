/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check_code.h"
#include "cost.h"
#include "disasm.h"
#include "driver_insn.h"
#include "profile.h"
#include "walk.h"

/* Also of rules that no object shows (RULE_OUTSIDE): a program need not come
 * from one.
 */
static bool is_refusal(const struct check_finding *f)
{
	return !f->undecided;
}

/* Was something refused that keeps the program from its translation? */
static bool is_refused_at(const struct check_report *r, enum rule_stage first,
			  enum rule_stage last)
{
	for (size_t i = 0; i < r->finding_count; i++)
		if (is_refusal(&r->findings[i]) &&
		    r->findings[i].rule->stage >= first &&
		    r->findings[i].rule->stage <= last)
			return true;
	return false;
}

static enum check_verdict judge(const struct check_report *r, bool complete)
{
	if (is_refused_at(r, RULE_STAGE_MAP, RULE_STAGE_RUN))
		return CHECK_REFUSED;
	for (size_t i = 0; i < r->finding_count; i++)
		if (r->findings[i].undecided)
			return CHECK_UNDECIDED;
	return complete ? CHECK_ACCEPTED : CHECK_UNDECIDED;
}

static int start_report(const struct checking *c)
{
	struct check_report *r = c->report;
	const struct code *code = c->code;

	*r = (struct check_report){ 0 };
	snprintf(r->name, sizeof(r->name), "%s", code->name);
	snprintf(r->section, sizeof(r->section), "%s", code->section);
	for (unsigned int i = 0; i < code->map_count; i++) {
		if (code->maps[i].type == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
			continue;
		r->maps++;
		r->entries += code->maps[i].entries;
	}
	if (code->insn_count > DRIVER_INSNS_MAX)
		return 0;
	r->insn_count = code->insn_count;
	r->insns = calloc(code->insn_count + 1, sizeof(*r->insns));
	return r->insns ? 0 : -ENOMEM;
}

static void list_insn(const struct code *code, unsigned int n,
		      struct check_insn *out)
{
	const struct code_line *line = code_line(code, n);

	disasm_insn(code, n, out->text, sizeof(out->text));
	if (!line || !line->line) /* 0: the compiler's own */
		return;
	out->file = line->file;
	out->line = line->line;
	out->source = line->text;
}

static void list_insns(const struct checking *c)
{
	for (size_t i = 0; i < c->report->insn_count; i++)
		list_insn(c->code, i, &c->report->insns[i]);
}

static bool touches_packet(const struct facts *facts, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		if (facts->insns[i].ptr.type == REG_PACKET)
			return true;
	return facts->window;
}

static void report_facts(const struct driver *d)
{
	struct check_report *r = d->c->report;

	for (unsigned int i = 0; i < d->c->code->insn_count; i++)
		r->insns[i].reached = d->facts->insns[i].reached;
	r->stack = driver_stack(d);
	r->window = touches_packet(d->facts, d->c->code->insn_count)
			    ? d->facts->window + 1 /* it is an offset */
			    : 0;
	r->explored = d->facts->explored;
	r->followed = d->facts->complete;
}

/* The second half of a constant has no line of its own in a listing. */
static unsigned int place_of(const struct code *code, unsigned int insn)
{
	return insn && code->insns[insn - 1].code == (BPF_LD | BPF_IMM | BPF_DW)
		       ? insn - 1
		       : insn;
}

/* A length means something where all of the program was seen, and none of it
 * was refused before.
 */
static int report_cost(struct driver *d)
{
	struct check_report *r = d->c->report;
	struct cost cost = { 0 };
	int err = 0;

	if (!d->facts->complete ||
	    is_refused_at(r, RULE_STAGE_VERIFY, RULE_STAGE_VERIFY))
		return 0;
	driver_check_cache(d);
	err = driver_check_ranges(d);
	if (!err)
		err = cost_estimate(d, &cost);
	if (err)
		return err;
	for (unsigned int i = 0; cost.total && i < d->c->code->insn_count; i++)
		r->insns[place_of(d->c->code, i)].words += cost.words[i];
	r->costed = cost.total > 0;
	r->fixed_words = r->costed ? cost.fixed : 0;
	r->words = cost.total;
	cost_free(&cost);
	return 0;
}

static int explore(struct driver *d)
{
	int err = walk_program(d);

	if (err)
		return err;
	driver_check_results(d, d->facts);
	driver_check_finalize(d);
	if (d->facts->complete)
		walk_finish(d);
	report_facts(d);
	err = report_cost(d);
	if (err)
		return err;
	/* What did not come through translation is not asked its length again
	 * (H7).
	 */
	driver_check_attach(d, is_refused_at(d->c->report, RULE_STAGE_TRANSLATE,
					     RULE_STAGE_TRANSLATE)
				       ? 0
				       : d->c->report->words);
	return 0;
}

static int check_paths(struct checking *c, bool *complete)
{
	struct facts facts;
	struct driver d;
	int err = facts_start(&facts, c->code);

	if (!err)
		err = driver_start(&d, c, &facts);
	if (!err) {
		err = explore(&d);
		driver_end(&d);
	}
	*complete = !err && facts.complete;
	facts_end(&facts);
	return err;
}

/* Firmware without BPF takes nothing, and has no limits to speak of; and what
 * is to be filled in yet (CO-RE) cannot be followed.
 */
static bool can_explore(const struct checking *c)
{
	return c->profile->app == PROFILE_APP_BPF && !c->code->core[0] &&
	       c->code->type == BPF_PROG_TYPE_XDP && c->code->insn_count &&
	       c->code->insn_count <= DRIVER_INSNS_MAX;
}

static int check_all(struct checking *c)
{
	bool complete = false;
	int err = start_report(c);

	if (err)
		return err;
	list_insns(c);
	if (c->profile->app == PROFILE_APP_BPF)
		driver_check_maps(c);
	driver_check_load(c);
	if (can_explore(c))
		err = check_paths(c, &complete);
	c->report->verdict = judge(c->report, complete);
	return c->no_memory ? -ENOMEM : err;
}

int check_code(const struct code *code, const struct check_options *options,
	       struct check_report *out)
{
	struct checking c = {
		.code = code,
		.profile = options->profile ? options->profile
					    : &profile_published,
		.kernel = options->kernel,
		.mtu = options->mtu ? options->mtu : CHECK_MTU,
		.explore = options->explore,
		.report = out,
	};
	int err = check_all(&c);

	if (err)
		check_report_clear(out);
	return err;
}

void check_report_clear(struct check_report *report)
{
	free(report->findings);
	free(report->insns);
	*report = (struct check_report){ 0 };
}
