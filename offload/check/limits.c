/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdbool.h>
#include <string.h>

#include "limits_print.h"
#include "profile.h"
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
};

/* A row of the table of profiles: one number, or yes and no. */
struct row {
	const char *what;
	unsigned int (*get)(const struct profile *p);
	bool is_flag;
};

#define NUMBER(name, of)                                  \
	static unsigned int name(const struct profile *p) \
	{                                                 \
		return of;                                \
	}

NUMBER(get_bpf, p->app == PROFILE_APP_BPF)
NUMBER(get_insns, p->max_insns)
NUMBER(get_stack, p->stack)
NUMBER(get_window, p->packet_window)
NUMBER(get_maps, p->max_maps)
NUMBER(get_entries, p->max_entries)
NUMBER(get_key, p->max_key)
NUMBER(get_value, p->max_value)
NUMBER(get_element, p->max_element)
NUMBER(get_array, p->map_array)
NUMBER(get_hash, p->map_hash)
NUMBER(get_lookup, p->helpers &PROFILE_MAP_LOOKUP)
NUMBER(get_update, p->helpers &PROFILE_MAP_UPDATE)
NUMBER(get_delete, p->helpers &PROFILE_MAP_DELETE)
NUMBER(get_event, p->helpers &PROFILE_EVENT_OUTPUT)
NUMBER(get_random, p->random)
NUMBER(get_queue, p->queue_select)
NUMBER(get_head, p->adjust_head)
NUMBER(get_head_sub, p->head_sub)
NUMBER(get_head_add, p->head_add)
NUMBER(get_tail, p->adjust_tail)
NUMBER(get_reload, p->live_reload)

static const struct row rows[] = {
	{ "programs at all (L3, H1)", get_bpf, true },
	{ "NFP instructions of a program (T3)", get_insns, false },
	{ "stack, bytes (S1)", get_stack, false },
	{ "packet window, bytes (H5)", get_window, false },
	{ "maps (P3)", get_maps, false },
	{ "entries of all maps (P4)", get_entries, false },
	{ "key, bytes (P6)", get_key, false },
	{ "value, bytes (P7)", get_value, false },
	{ "key and value, each rounded up to 8 (P5)", get_element, false },
	{ "ARRAY maps (P2)", get_array, true },
	{ "HASH maps (P2)", get_hash, true },
	{ "map lookup (F1)", get_lookup, true },
	{ "map update in a program (F2)", get_update, true },
	{ "map delete in a program (F3)", get_delete, true },
	{ "events (F25)", get_event, true },
	{ "random numbers (F7)", get_random, true },
	{ "choice of the receive queue (C2)", get_queue, true },
	{ "adjust_head (F44)", get_head, true },
	{ "bytes that always fit before a frame", get_head_sub, false },
	{ "bytes that can always be taken off", get_head_add, false },
	{ "adjust_tail (F65)", get_tail, true },
	{ "replaces a running program (H4)", get_reload, true },
};

static void print_cell(const struct row *row, const struct profile *p,
		       FILE *out)
{
	unsigned int n = row->get(p);

	if (row->is_flag)
		fprintf(out, " %s |", n ? "yes" : "no");
	else if (p->app == PROFILE_APP_BPF)
		fprintf(out, " %u |", n);
	else
		fputs(" - |", out);
}

static void print_profiles(FILE *out)
{
	const struct profile *p = NULL;

	fputs("## Numbers of each firmware\n\n"
	      "Chosen with `--firmware`; the first is the default.\n\n| |",
	      out);
	while ((p = profile_next(p)))
		fprintf(out, " `%s` |", p->name);
	fputs("\n|---|", out);
	while ((p = profile_next(p)))
		fputs("---|", out);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		fprintf(out, "\n| %s |", rows[i].what);
		while ((p = profile_next(p)))
			print_cell(&rows[i], p, out);
	}
	fputs("\n\nWhere they come from, number by number: "
	      "`offload/profile.c`. In short:\n\n",
	      out);
	while ((p = profile_next(p)))
		fprintf(out, "* `%s`: %s.\n", p->name, p->source);
	fputc('\n', out);
}

static const char *kind_name(const struct rule *r)
{
	static const char *const names[] = {
		[RULE_REFUSES] = "Refused",
		[RULE_UNSAFE] = "Taken, and computed wrongly",
		[RULE_ALLOWS] = "Allowed",
		[RULE_OUTSIDE] = "Not seen in an object",
	};

	return rule_crashes(r) ? "Crashes the kernel" : names[r->kind];
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
	print_profiles(out);
	for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
		fprintf(out, "## %c: %s\n\n", groups[g].letter,
			groups[g].title);
		for (size_t i = 0; i < RULES; i++)
			if (rules[i].id[0] == groups[g].letter)
				print_rule(&rules[i], out);
	}
	fputs(limits_tail, out);
}
