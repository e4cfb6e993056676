/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "bench/table.h"

/* More than that, and two ways of counting do not agree. */
#define COUNTERS_AGREE 0.01

/* Of the softirq time on one CPU: it is all that answers. */
#define ONE_CPU 0.9

/* One line where the same holds for a mode's every row. */
static bool same_for_mode(const struct bench *b, const struct bench_row *row,
			  bool *first)
{
	*first = true;
	for (unsigned int i = 0; i < b->count; i++) {
		const struct bench_row *r = &b->rows[i];

		if (r->mode != row->mode)
			continue;
		if (r->verdict != row->verdict || strcmp(r->why, row->why))
			return false;
		*first &= r >= row;
	}
	return true;
}

static void row_name(FILE *to, const struct bench_row *row)
{
	fprintf(to, "%s, %u bytes, %u target%s: ", bench_mode_name(row->mode),
		row->cell.size, row->cell.targets,
		bench_table_plural(row->cell.targets));
}

static void reason(FILE *to, const struct bench *b, const struct bench_row *row)
{
	const char *name = bench_mode_name(row->mode);
	const char *verdict =
		row->verdict == ROW_REFUSED ? "not counted: " : "";
	bool first;

	if (row->verdict == ROW_MEASURED || row->verdict == ROW_OPEN)
		return;
	if (!same_for_mode(b, row, &first)) {
		row_name(to, row);
		fprintf(to, "%s%s\n", verdict, row->why);
	} else if (first)
		fprintf(to, "%s: %s%s\n", name, verdict, row->why);
}

/* Where the sender of the other sizes cannot send this one. */
static void senders(FILE *to, const struct bench *b)
{
	for (unsigned int i = 0; i < b->count; i += b->options->modes.count) {
		const struct bench_row *row = &b->rows[i];

		if (row->sender && strcmp(row->sender, b->sender))
			fprintf(to,
				"%u bytes, %u target%s: sent by %s, which is "
				"slower\n",
				row->cell.size, row->cell.targets,
				bench_table_plural(row->cell.targets),
				stream_sender_text(row->sender));
	}
}

static void remark_times(FILE *to, const struct bench_row *row,
			 const struct bench_times *t, const char *what)
{
	if (!t->lost)
		return;
	row_name(to, row);
	fprintf(to, "of %llu requests at %s rate %llu were lost\n", t->sent,
		what, t->lost);
}

static void remark_counts(FILE *to, const struct bench_row *row)
{
	const struct stream_counts *c = &row->total;
	double off = 0;

	if (row->counted)
		off = row->interface_counted / row->counted - 1;
	if (c->duplicated || c->reordered) {
		row_name(to, row);
		fprintf(to,
			"of %llu replies %llu came twice, %llu out of order\n",
			c->right, c->duplicated, c->reordered);
	}
	if (off > COUNTERS_AGREE || off < -COUNTERS_AGREE) {
		row_name(to, row);
		fprintf(to, "the interface counted %+.1f %% of frames\n",
			100 * off);
	}
}

/* What a reader should know of rows that were measured. */
static void remark(FILE *to, const struct bench_row *row)
{
	if (!bench_row_has_rate(row))
		return;
	remark_times(to, row, &row->low, "the low");
	remark_times(to, row, &row->half, "half of the loss-free");
	remark_counts(to, row);
	if (*row->program_why) {
		row_name(to, row);
		fprintf(to, "the program's time is not known: %s\n",
			row->program_why);
	}
}

static void sum(FILE *to, const struct stream_counts *c)
{
	if (c->sent)
		fprintf(to,
			"In all: %llu requests sent, %llu right replies, %llu "
			"wrong; %llu looked at byte by byte, %llu of them "
			"wrong\n",
			c->sent, c->right, c->wrong, c->sampled,
			c->sampled_wrong);
}

static void ended_early(FILE *to, const struct bench *b)
{
	unsigned int unfinished = 0, missing = 0;

	for (unsigned int i = 0; i < b->count; i++) {
		const struct bench_row *row = &b->rows[i];

		unfinished += row->verdict == ROW_OPEN && row->repeats;
		missing += row->verdict == ROW_OPEN && !row->repeats;
	}
	fprintf(to, "%s: %u row%s unfinished, %u not measured at all\n", b->why,
		unfinished, unfinished == 1 ? " is" : "s are", missing);
}

static bool any(const struct bench *b, bool (*is)(const struct bench_row *row))
{
	for (unsigned int i = 0; i < b->count; i++)
		if (b->rows[i].verdict == ROW_MEASURED && is(&b->rows[i]))
			return true;
	return false;
}

static bool limited_by_sender(const struct bench_row *row)
{
	return row->sender_is_limit || bench_times_is_short(&row->low) ||
	       bench_times_is_short(&row->half);
}

static bool is_generic_baseline(const struct bench_row *row)
{
	return row->mode == BENCH_BASELINE && row->placed == MODE_GENERIC;
}

static bool shares_cpu(const struct bench *b)
{
	double share;

	for (unsigned int i = 0; i < b->count; i++)
		if (bench_row_has_rate(&b->rows[i]) &&
		    bench_row_softirq_cpu(&b->rows[i], &share) == b->cpu &&
		    share >= ONE_CPU)
			return true;
	return false;
}

void bench_table_notes(FILE *to, const struct bench *b)
{
	bool shared = shares_cpu(b);

	fputc('\n', to);
	if (any(b, limited_by_sender))
		fputs("s: the sender is the limit: it can do no more, or not "
		      "what was asked\n",
		      to);
	if (shared)
		fprintf(to,
			"CPU %d makes the requests, answers them and takes the "
			"replies: all of it is in each time per reply\n",
			b->cpu);
	if (any(b, is_generic_baseline))
		fputs("baseline: in generic mode, as the driver has no other\n",
		      to);
	senders(to, b);
	for (unsigned int i = 0; i < b->count; i++)
		remark(to, &b->rows[i]);
	for (unsigned int i = 0; i < b->count; i++)
		reason(to, b, &b->rows[i]);
	sum(to, &b->whole);
	if (b->ended_early)
		ended_early(to, b);
}
