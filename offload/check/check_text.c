/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "check_findings.h"
#include "check_listing.h"
#include "profile.h"

const char *check_label(const struct check_finding *finding)
{
	if (finding->undecided)
		return "undecided";
	return finding->rule->kind == RULE_UNSAFE ? "unsafe" : "refused";
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

/* A rule's own errno says nothing of what its finding leaves open. */
const char *check_errno_name(const struct check_finding *finding)
{
	if (finding->undecided || !finding->err)
		return NULL;
	return strerrorname_np(finding->err);
}

/* What only all paths together tell. */
static void put_known(const struct telling *t, unsigned int n)
{
	if (t->r->followed)
		fprintf(t->to, "%u", n);
	else
		fputc('?', t->to);
}

/* The driver goes by the offset of the last byte, and by the MTU where that is
 * less (H5).
 */
static void put_window(const struct telling *t)
{
	unsigned int limit = t->args->options.profile->packet_window;

	put_known(t, t->r->window);
	fprintf(t->to, " of %u bytes", limit);
	if (t->r->followed && t->r->window > limit + 1 &&
	    t->args->options.mtu <= limit)
		fprintf(t->to,
			" (more than the card's packet window: refused where "
			"the MTU is above %u)",
			limit);
	fputs(", ", t->to);
}

/* Each against what the firmware has of it. */
static void put_numbers(const struct telling *t)
{
	const struct profile *p = t->args->options.profile;
	const struct check_report *r = t->r;

	if (p->app != PROFILE_APP_BPF)
		return;
	fputc('\t', t->to);
	if (r->costed)
		fprintf(t->to, "%u of %u NFP instructions, ", r->words,
			p->max_insns);
	fputs("stack ", t->to);
	put_known(t, r->stack);
	fprintf(t->to, " of %u bytes, packet ", p->stack);
	put_window(t);
	fprintf(t->to, "%u of %u maps, %lu of %u entries\n", r->maps,
		p->max_maps, r->entries, p->max_entries);
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
		if (rule->kind != RULE_UNSAFE)
			break;
		return "the driver accepts, the card computes wrongly";
	}
	return NULL;
}

/* Which kernel it is judged for, and whose word that is. */
static void put_kernel(const struct telling *t,
		       const struct check_report *other)
{
	const struct check_arguments *args = t->args;
	const char *kernel = check_kernel_name(args->options.kernel);
	const char *later = check_kernel_name(args->later);

	fprintf(t->to, "kernel %s", args->asked_kernel ?: kernel);
	if (other)
		fprintf(t->to,
			" (between Linux %s, which says %s, and Linux %s, "
			"which says %s)",
			kernel, check_verdict_name(t->r->verdict), later,
			check_verdict_name(other->verdict));
	else if (args->between)
		fprintf(t->to, " (judged as %s and %s, which agree)", kernel,
			later);
	else if (args->asked_kernel)
		fprintf(t->to, " (judged as %s)", kernel);
}

static void put_verdict(const struct telling *t,
			const struct check_report *other,
			enum check_verdict verdict)
{
	const char *how = verdict == CHECK_REFUSED ? unsafe_how(t->r) : NULL;

	telling_begin(t);
	fputs(check_verdict_name(verdict), t->to);
	if (how)
		fprintf(t->to, " as unsafe (%s)", how);
	fprintf(t->to, ": firmware %s, ", t->args->options.profile->name);
	put_kernel(t, other);
	fprintf(t->to, ", MTU %u\n", t->args->options.mtu);
	put_numbers(t);
}

void check_text(FILE *to, const struct check_arguments *args,
		const struct check_both *both, size_t program)
{
	const struct check_report *other = check_other(both, program);
	struct telling t = { to, args, &both->reports[program], NULL };
	struct telling later = { to, args, other,
				 check_kernel_name(args->later) };

	if (other)
		t.kernel = check_kernel_name(args->options.kernel);
	telling_findings(&t);
	if (other)
		telling_findings(&later);
	if (args->verbose)
		check_listing(to, t.r);
	put_verdict(&t, other, check_verdict_of(both, program));
}
