/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>

#include "check_listing.h"
#include "check_text.h"
#include "profile.h"

#define TOLD_MAX    32 /* findings, unless asked for all */
#define INSNS_NAMED 8

const char *check_label(const struct check_finding *finding)
{
	if (finding->undecided)
		return "undecided";
	switch (finding->rule->kind) {
	case RULE_REFUSES:
		return "refused";
	case RULE_UNSAFE:
		return "unsafe";
	default:
		return "note";
	}
}

const char *check_verdict_name(enum check_verdict verdict)
{
	switch (verdict) {
	case CHECK_ACCEPTED:
		return "accepted";
	case CHECK_REFUSED:
		return "refused";
	default:
		return "undecided";
	}
}

const char *check_where_name(enum rule_where where)
{
	switch (where) {
	case RULE_LOG:
		return "verifier log";
	case RULE_DMESG:
		return "kernel log";
	case RULE_EXTACK:
		return "answer to attaching";
	default:
		return "nowhere";
	}
}

static void begin(FILE *to, const struct check_arguments *args,
		  const struct check_report *report)
{
	text_put(to, args->object);
	fputs(": ", to);
	text_put(to, report->name);
	fputs(": ", to);
}

static void row(FILE *to, const char *name, const char *text)
{
	fprintf(to, "\t%-9s", name);
	text_put(to, text);
	fputc('\n', to);
}

static const char *errno_name(int err)
{
	const char *name = err ? strerrorname_np(err) : NULL;

	return name ? name : "an error";
}

/* Who says it, where it is to be read, and what user space gets. */
static void put_words(FILE *to, const struct check_finding *f)
{
	if (f->rule->kind == RULE_UNSAFE && !f->words[0]) {
		row(to, "says", "nothing: driver and kernel accept it");
		return;
	}
	fprintf(to, "\t%-9s", f->undecided ? "would say" : "says");
	if (rule_crashes(f->rule)) {
		fputc('"', to);
		text_put(to, f->words);
		fprintf(to, "\" (%s): loading it crashes the host's kernel\n",
			check_where_name(f->rule->where));
		return;
	}
	if (f->words[0] && f->rule->where != RULE_NOWHERE) {
		fputc('"', to);
		text_put(to, f->words);
		fprintf(to, "\" (%s; %s)\n", check_where_name(f->rule->where),
			errno_name(f->err));
		return;
	}
	if (f->words[0]) {
		text_put(to, f->words);
		fprintf(to, " (%s, and no word of it anywhere)\n",
			errno_name(f->err));
		return;
	}
	fprintf(to, "%s, and not a word\n", errno_name(f->err));
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
	for (size_t i = n > TOLD_MAX ? n - TOLD_MAX : 0; i < n; i++)
		if (same_finding(&r->findings[i], &r->findings[n]))
			return true;
	return false;
}

static void put_insns(FILE *to, const struct check_report *r, size_t first)
{
	const struct check_finding *f = &r->findings[first];
	unsigned int more = 0;

	if (f->insn < 0)
		return;
	fprintf(to, " at insn %d", f->insn);
	for (size_t i = first + 1;
	     i < r->finding_count && i <= first + TOLD_MAX; i++) {
		if (!same_finding(f, &r->findings[i]))
			continue;
		if (++more <= INSNS_NAMED)
			fprintf(to, ", %d", r->findings[i].insn);
	}
	if (more > INSNS_NAMED)
		fprintf(to, " and %u more", more - INSNS_NAMED);
}

static void put_finding(FILE *to, const struct check_arguments *args,
			const struct check_report *report, size_t n)
{
	const struct check_finding *f = &report->findings[n];

	begin(to, args, report);
	fprintf(to, "%s: %s", check_label(f), f->rule->id);
	put_insns(to, report, n);
	if (f->map) {
		fputs(" of map ", to);
		text_put(to, f->map);
	}
	if (f->file) {
		fputs(", ", to);
		text_place(to, f->file, f->line);
	}
	fprintf(to, ": %s\n", f->rule->limit);
	if (f->source && *f->source)
		row(to, "code", f->source);
	if (f->insn >= 0 && (size_t)f->insn < report->insn_count)
		row(to, "insn", report->insns[f->insn].text);
	put_words(to, f);
	if (f->rule->reason)
		row(to, "because", f->rule->reason);
	if (f->rule->advice)
		row(to, "instead", f->rule->advice);
}

static void put_findings(FILE *to, const struct check_arguments *args,
			 const struct check_report *r)
{
	unsigned int told = 0, untold = 0;

	for (size_t i = 0; i < r->finding_count; i++) {
		if (is_told(r, i))
			continue;
		if (told == TOLD_MAX && !args->verbose) {
			untold++;
			continue;
		}
		told++;
		put_finding(to, args, r, i);
	}
	if (!untold)
		return;
	begin(to, args, r);
	fprintf(to, "%u more findings, which -v shows\n", untold);
}

/* Each against what the firmware has of it. */
static void put_numbers(FILE *to, const struct check_arguments *args,
			const struct check_report *r)
{
	const struct profile *p = args->options.profile;

	if (p->app != PROFILE_APP_BPF)
		return;
	fputc('\t', to);
	if (r->costed)
		fprintf(to, "%u of %u NFP instructions, ", r->words,
			p->max_insns);
	fprintf(to, "stack %u of %u bytes, packet %u of %u bytes, ", r->stack,
		p->stack, r->window, p->packet_window);
	fprintf(to, "%u of %u maps, %lu of %u entries\n", r->maps, p->max_maps,
		r->entries, p->max_entries);
}

/* Who refuses, if not driver or kernel; the first that is certain decides, and
 * what computes wrongly comes after all that refuse.
 */
static const char *unsafe_how(const struct check_report *r)
{
	for (size_t i = 0; i < r->finding_count; i++) {
		const struct rule *rule = r->findings[i].rule;

		if (r->findings[i].undecided)
			continue;
		if (rule_crashes(rule))
			return "loading it crashes the host's kernel";
		if (rule->kind == RULE_UNSAFE)
			return "the driver accepts, the card computes wrongly";
		if (rule->kind == RULE_REFUSES)
			break;
	}
	return NULL;
}

static void put_verdict(FILE *to, const struct check_arguments *args,
			const struct check_report *r)
{
	const char *kernel = check_kernel_name(args->options.kernel);
	const char *how = r->verdict == CHECK_REFUSED ? unsafe_how(r) : NULL;

	begin(to, args, r);
	fputs(check_verdict_name(r->verdict), to);
	if (how)
		fprintf(to, " as unsafe (%s)", how);
	fprintf(to, ": firmware %s, kernel %s", args->options.profile->name,
		args->asked_kernel ? args->asked_kernel : kernel);
	if (args->asked_kernel)
		fprintf(to, " (judged as %s)", kernel);
	fprintf(to, ", MTU %u\n", args->options.mtu);
	put_numbers(to, args, r);
}

void check_text(FILE *to, const struct check_arguments *args,
		const struct check_report *report)
{
	put_findings(to, args, report);
	if (args->verbose)
		check_listing(to, report);
	put_verdict(to, args, report);
}
