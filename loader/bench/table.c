/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdarg.h>
#include <string.h>

#include "array.h"
#include "bench/show.h"
#include "bound.h"

/* More than that, and two ways of counting do not agree. */
#define COUNTERS_AGREE 0.01

/* Of the softirq time on one CPU: it is all that answers. */
#define ONE_CPU 0.9

/* A number of so many columns, or "-". */
__attribute__((format(printf, 4, 5))) static void number(FILE *to, int width,
							 bool known,
							 const char *format,
							 ...)
{
	char text[32] = "-";
	va_list args;

	va_start(args, format);
	if (known)
		vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fprintf(to, " %*s", width, text);
}

static void row_head(FILE *to, const struct bench_row *row)
{
	fprintf(to, "%-8s %5u %4u", bench_mode_name(row->mode), row->cell.size,
		row->cell.targets);
}

static const struct bench_row *beside(const struct bench *b,
				      const struct bench_row *row,
				      enum bench_mode mode)
{
	return bench_row_beside(b->rows, b->count, row, mode);
}

static void rate_row(FILE *to, const struct bench *b,
		     const struct bench_row *row)
{
	const struct bench_row *driver = beside(b, row, BENCH_DRIVER);
	const struct bench_row *bare = beside(b, row, BENCH_BASELINE);
	struct bench_spread rate = bench_row_rate(row);
	bool done = row->verdict == ROW_MEASURED;

	row_head(to, row);
	number(to, 10, row->repeats, "%.0f", rate.median);
	number(to, 6, row->repeats > 1, "%.1f%%", 100 * rate.relative);
	number(to, 7, done && driver, "%.2f",
	       driver ? bench_row_ratio(row, driver) : 0);
	number(to, 10, row->loss_free_known, "%.0f%s", row->loss_free_per_s,
	       row->sender_is_limit ? "s" : "");
	number(to, 6, row->repeats, "%.0f", bench_row_cpu_ns(row).median);
	number(to, 7, row->repeats, "%.0f", bench_row_softirq_ns(row).median);
	number(to, 7, row->program_ns_known, "%.0f", row->program_ns);
	number(to, 6, done && bare && bare != row, "%+.0f",
	       bare ? bench_row_over_ns(row, bare) : 0);
	fprintf(to, "%s\n", done ? "" : " unfinished");
}

static bool shows_rate(const struct bench_row *row)
{
	return row->repeats && row->verdict != ROW_REFUSED;
}

static bool shows_times(const struct bench_row *row)
{
	return row->low.known && row->verdict != ROW_REFUSED;
}

static bool any_shows(const struct bench *b,
		      bool (*shows)(const struct bench_row *row))
{
	for (unsigned int i = 0; i < b->count; i++)
		if (shows(&b->rows[i]))
			return true;
	return false;
}

static void rates(FILE *to, const struct bench *b)
{
	if (!any_shows(b, shows_rate))
		return;
	if (b->emulated.is > 0)
		fputs("\nWhat follows is of a simulated card and wire, in a "
		      "machine that is emulated itself:\n",
		      to);
	fputs("\nmode     bytes addr  replies/s spread x driver loss-free/s "
	      "CPU ns softirq program  over\n",
	      to);
	for (unsigned int i = 0; i < b->count; i++)
		if (shows_rate(&b->rows[i]))
			rate_row(to, b, &b->rows[i]);
}

static void times_of(FILE *to, const struct bench_times *times)
{
	const double ns[] = { times->p50_ns, times->p90_ns, times->p99_ns,
			      times->p999_ns };

	number(to, 9, times->known, "%.0f", times->rate_per_s);
	for (size_t i = 0; i < ARRAY_SIZE(ns); i++)
		number(to, 6, times->known, "%.1f", ns[i] / 1e3);
}

static void times(FILE *to, const struct bench *b)
{
	if (!any_shows(b, shows_times))
		return;
	fputs("\nRound trips in microseconds, at a low rate and at half of the "
	      "loss-free one:\n",
	      to);
	fputs("\nmode     bytes addr   rate/s    50%    90%    99%  99.9%    "
	      "rate/s    50%    90%    99%  99.9%\n",
	      to);
	for (unsigned int i = 0; i < b->count; i++) {
		const struct bench_row *row = &b->rows[i];

		if (!shows_times(row))
			continue;
		row_head(to, row);
		times_of(to, &row->low);
		fputs(" ", to);
		times_of(to, &row->half);
		fputc('\n', to);
	}
}

static const char *plural(unsigned int count)
{
	return count == 1 ? "" : "s";
}

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
		row->cell.size, row->cell.targets, plural(row->cell.targets));
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
				plural(row->cell.targets),
				stream_sender_text(row->sender));
	}
}

/* What a reader should know of rows that were measured. */
static void remark(FILE *to, const struct bench_row *row)
{
	const struct stream_counts *c = &row->total;
	double off = 0;

	if (!bench_row_has_rate(row))
		return;
	if (row->counted)
		off = row->interface_counted / row->counted - 1;
	if (row->low.known && row->low.lost) {
		row_name(to, row);
		fprintf(to, "of %llu requests at the low rate %llu were lost\n",
			row->low.sent, row->low.lost);
	}
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

/* Not among the rates, so that nobody compares it with one. */
static void cards(FILE *to, const struct bench *b)
{
	const struct profile_card *card =
		profile_card_find(b->emulated.board.id);
	const struct bench_row *first = NULL;

	for (unsigned int i = 0; i < b->count; i++) {
		const struct bench_row *row = &b->rows[i];

		if (!row->card.known || row->verdict != ROW_MEASURED)
			continue;
		if (!first)
			fputs("\nEmulated card: what its counters say of each "
			      "reply; it has no rate\n"
			      "mode     bytes addr  packets instructions "
			      "memory commands\n",
			      to);
		row_head(to, row);
		fprintf(to, " %8llu %12.1f %15.1f\n", row->card.packets,
			row->card.instructions, row->card.memory_commands);
		first = first ?: row;
	}
	if (first && card)
		bound_print(to, "\t", card, first->card.instructions,
			    first->cell.size);
	if (first && card)
		bound_print_context(to, "\t");
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
	return row->sender_is_limit;
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

static void legend(FILE *to, const struct bench *b)
{
	bool shared = shares_cpu(b);

	fputc('\n', to);
	if (any(b, limited_by_sender))
		fputs("s: all that was sent was answered: the sender is the "
		      "limit\n",
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
	if (b->interrupted)
		fputs("interrupted: what is missing was not measured\n", to);
}

static void head(FILE *to, const struct bench *b, const struct bench_machine *m)
{
	const struct bench_options *o = b->options;
	char src[INET6_ADDRSTRLEN], dst[INET6_ADDRSTRLEN];

	address_text(&b->ends.sender, src);
	address_text(&b->ends.target[0], dst);
	fprintf(to, "%s (%s) answers", b->iface.dev.name,
		*b->iface.dev.driver ? b->iface.dev.driver : "no driver");
	if (*b->iface.dev.firmware)
		fprintf(to, ", firmware %s", b->iface.dev.firmware);
	fprintf(to, "; %s (%s)%s%s asks", b->peer.dev.name,
		*b->peer.dev.driver ? b->peer.dev.driver : "no driver",
		o->netns ? " in " : "", o->netns ?: "");
	if (b->sender)
		fprintf(to, ": %s, CPU %d, replies judged in %s mode",
			stream_sender_text(b->sender), b->cpu, b->judge);
	fprintf(to, "\nLinux %s, %u CPU%s%s%s; %s to %s; %u repeat%s of %g s\n",
		m->kernel, m->cpus, plural(m->cpus), *m->cpu ? " " : "", m->cpu,
		src, dst, o->repeat, plural(o->repeat), o->seconds);
}

void bench_table(FILE *to, const struct bench *b,
		 const struct bench_machine *machine)
{
	head(to, b, machine);
	cards(to, b);
	rates(to, b);
	times(to, b);
	legend(to, b);
}
