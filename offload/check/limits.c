/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "limits_print.h"
#include "rule.h"

#define ENOTSUPP 524 /* the kernel's own */

/* Ids begin with the letter of their group. */
static const struct {
	char letter;
	const char *title;
} groups[] = {
	{ 'L', "Loading" },
	{ 'O', "Instructions" },
	{ 'M', "Pointers and memory" },
	{ 'C', "The context" },
	{ 'X', "Atomic operations" },
	{ 'A', "Arithmetic" },
	{ 'J', "Jumps, functions, results" },
	{ 'S', "The stack" },
	{ 'F', "Helpers" },
	{ 'P', "Maps" },
	{ 'T', "Translation to NFP instructions" },
	{ 'H', "Attaching to a port" },
	{ 'V', "The kernel's own verifier" },
	{ 'U', "Not refused, and wrong" },
	{ 'K', "Kernels after 6.1" },
};

static const char *kind_name(const struct rule *r)
{
	static const char *const names[] = {
		[RULE_REFUSES] = "Refused",
		[RULE_UNSAFE] = "Unsafe: computed wrongly",
		[RULE_ALLOWS] = "Allowed",
		[RULE_OUTSIDE] = "Not seen in an object",
	};

	return rule_crashes(r) ? "Unsafe: crashes the kernel" : names[r->kind];
}

static const char *stage_name(enum rule_stage stage)
{
	static const char *const names[] = {
		[RULE_STAGE_MAP] = "when the map is created",
		[RULE_STAGE_LOAD] = "before the verifier",
		[RULE_STAGE_VERIFY] = "while paths are explored",
		[RULE_STAGE_FINALIZE] = "when all paths are explored",
		[RULE_STAGE_TRANSLATE] = "in the driver's compiler",
		[RULE_STAGE_ATTACH] = "when attaching",
		[RULE_STAGE_RUN] = "on the card",
	};

	return names[stage];
}

static const char *where_name(enum rule_where where)
{
	static const char *const names[] = {
		[RULE_NOWHERE] = "told nowhere",
		[RULE_LOG] = "told in the verifier log",
		[RULE_DMESG] = "told in the kernel log (dmesg)",
		[RULE_EXTACK] = "told in netlink's answer",
	};

	return names[where];
}

static void print_told(const struct rule *r, FILE *out)
{
	fprintf(out, "* *When:* %s", stage_name(r->stage));
	if (rule_crashes(r))
		fputs("; the kernel's last words, if any, in its log.\n", out);
	else if (r->kind == RULE_ALLOWS || r->stage == RULE_STAGE_RUN)
		fputs(".\n", out);
	else if (r->err == ENOTSUPP)
		fprintf(out, "; %s, errno 524.\n", where_name(r->where));
	else if (!r->err && r->kind == RULE_OUTSIDE)
		fprintf(out, "; %s.\n", where_name(r->where));
	else if (r->err)
		fprintf(out, "; %s, `%s`.\n", where_name(r->where),
			strerrorname_np(r->err));
	else
		fprintf(out, "; %s, errno by case.\n", where_name(r->where));
}

static void print_rule(const struct rule *r, FILE *out)
{
	fprintf(out, "### %s\n\n**%s.** %s\n\n", r->id, kind_name(r), r->limit);
	fprintf(out, "* *Why:* %s\n* *Instead:* %s\n", r->reason, r->advice);
	print_told(r, out);
	fprintf(out, "* *%s:* %s\n\n",
		r->evidence == RULE_EXECUTED ? "Executed" : "Read", r->source);
}

void limits_print(FILE *out)
{
	fputs(limits_head, out);
	limits_profiles(out);
	for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
		fprintf(out, "## %c: %s\n\n", groups[g].letter,
			groups[g].title);
		for (size_t i = 0; i < RULES; i++)
			if (rules[i].id[0] == groups[g].letter)
				print_rule(&rules[i], out);
	}
	fputs(limits_tail, out);
	limits_map_sizes(out);
	fputs(limits_end, out);
}
