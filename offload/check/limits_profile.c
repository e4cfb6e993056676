/* SPDX-License-Identifier: GPL-2.0-only */
/* What hwdocs/limits.md says of numbers: they are those of the profiles. */
#include <stdbool.h>
#include <stddef.h>

#include "limits_print.h"
#include "profile.h"

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
NUMBER(get_head_meta, p->head_meta)
NUMBER(get_head_sub, p->head_sub)
NUMBER(get_head_add, p->head_add)
NUMBER(get_tail, p->adjust_tail)
NUMBER(get_reload, p->live_reload)

static const struct row rows[] = {
	{ "programs at all (L3, H1)", get_bpf, true },
	{ "NFP instructions of a program (T3)", get_insns, false },
	{ "stack, bytes of all frames (S1)", get_stack, false },
	{ "packet window, offset of the last byte (H5)", get_window, false },
	{ "maps (P3)", get_maps, false },
	{ "entries, the sum of all maps (P4)", get_entries, false },
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
	{ "with metadata before the frame (F44)", get_head_meta, true },
	{ "bytes that always fit before a frame", get_head_sub, false },
	{ "bytes that can always be taken off", get_head_add, false },
	{ "adjust_tail (F65)", get_tail, true },
	{ "replaces a running program (H4)", get_reload, true },
};

/* The published sources name no version of their own. */
static void print_version(const struct profile *p, FILE *out)
{
	const char *app = p->app == PROFILE_APP_BPF ? "ebpf" : "nic";

	if (p == &profile_published)
		fprintf(out,
			"* `%s`: any other word and `%s`: the word is chosen "
			"by who builds the\n  published sources.\n",
			p->name, app);
	else
		fprintf(out,
			"* `%s`: `%s...` and `%s`, for instance `%s %s`.\n",
			p->name, p->name, app, p->app_version, app);
}

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

/* Its numbers have a source that anybody can read. */
static void print_choice(FILE *out)
{
	const struct profile *p = NULL;

	fputs("Chosen with `--firmware`, by the last two words of the "
	      "firmware-version that\n`ethtool -i eth0` prints "
	      "([firmware.md](firmware.md)):\n\n",
	      out);
	while ((p = profile_next(p)))
		print_version(p, out);
	fprintf(out,
		"\n`%s` is the default: each of its numbers is in published "
		"sources, and\nnone is greater than that of another firmware. "
		"With an `ebpf` of another version\nleave it at that.\n\n",
		profile_published.name);
}

void limits_profiles(FILE *out)
{
	const struct profile *p = NULL;

	fputs("## Numbers of each firmware\n\n| |", out);
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
	fputs("\n\n", out);
	print_choice(out);
	fputs("Where they come from, number by number: "
	      "`offload/profile.c`. In short:\n\n",
	      out);
	while ((p = profile_next(p)))
		fprintf(out, "* `%s`: %s.\n", p->name, p->source);
	fputc('\n', out);
}

void limits_map_sizes(FILE *out)
{
	const struct profile *p = &profile_published;

	if (p->max_key == p->max_value)
		fprintf(out, "5. Key and value have %u bytes at most each, ",
			p->max_key);
	else
		fprintf(out, "5. A key has %u bytes at most, a value %u, ",
			p->max_key, p->max_value);
	fprintf(out,
		"and %u together, each rounded\n   up to 8 (P5 to P7). An array "
		"inside of a value cannot be indexed (M7): make it\n"
		"   entries of the map.\n",
		p->max_element);
}
