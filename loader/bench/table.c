/* SPDX-License-Identifier: GPL-2.0-only */
#include "bench/table.h"
#include "bound.h"

void bench_table_row_head(FILE *to, const struct bench_row *row)
{
	fprintf(to, "%-8s %5u %4u", bench_mode_name(row->mode), row->cell.size,
		row->cell.targets);
}

const char *bench_table_plural(unsigned int count)
{
	return count == 1 ? "" : "s";
}

static bool has_card(const struct bench_row *row)
{
	return row->card.known && row->verdict == ROW_MEASURED;
}

/* Where they are not those of a row before. */
static void bound(FILE *to, const struct bench *b, const struct bench_row *row,
		  const struct profile_card *card)
{
	for (const struct bench_row *r = b->rows; r < row; r++)
		if (has_card(r) && r->cell.size == row->cell.size &&
		    r->card.instructions == row->card.instructions)
			return;
	bound_print(to, "\t", card, row->card.instructions, row->cell.size);
}

/* Not among the rates, so that nobody compares it with one. */
static void cards(FILE *to, const struct bench *b)
{
	const struct profile_card *card =
		profile_card_find(b->emulated.board.id);
	unsigned int count = 0;

	for (unsigned int i = 0; i < b->count; i++) {
		const struct bench_row *row = &b->rows[i];

		if (!has_card(row))
			continue;
		if (!count++)
			fputs("\nEmulated card: what its counters say of each "
			      "reply; it has no rate\n"
			      "mode     bytes addr  packets instructions "
			      "memory commands\n",
			      to);
		bench_table_row_head(to, row);
		fprintf(to, " %8llu %12.1f %15.1f\n", row->card.packets,
			row->card.instructions, row->card.memory_commands);
	}
	if (!count || !card)
		return;
	for (unsigned int i = 0; i < b->count; i++)
		if (has_card(&b->rows[i]))
			bound(to, b, &b->rows[i], card);
	bound_print_context(to, "\t");
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
		m->kernel, m->cpus, bench_table_plural(m->cpus),
		*m->cpu ? " " : "", m->cpu, src, dst, o->repeat,
		bench_table_plural(o->repeat), o->seconds);
}

void bench_table(FILE *to, const struct bench *b,
		 const struct bench_machine *machine)
{
	head(to, b, machine);
	cards(to, b);
	bench_table_rows(to, b);
	bench_table_notes(to, b);
}
