/* SPDX-License-Identifier: GPL-2.0-only */
#include "bench/json_card.h"
#include "bound.h"

static json_t *assumptions(void)
{
	json_t *out = json_array();

	for (const char *const *text = bound_assumptions; *text; text++)
		json_array_append_new(out, json_string(*text));
	return out;
}

/* What was measured of another program, and its own bound. */
static json_t *published(void)
{
	const struct profile_rate *p = &profile_rate_published;
	const struct profile_card *card;
	struct bound bound = bound_of_published(&card);

	return json_pack("{s:s, s:s, s:f, s:i, s:s, s:i, s:f, s:f}", "what",
			 p->what, "source", p->source, "packets_per_s",
			 p->packets, "frame_bytes", (int)p->frame, "card",
			 card->name, "instructions_per_packet",
			 (int)p->instructions, "bound_packets_per_s",
			 bound.packets, "wire_frames_per_s", bound.wire);
}

/* What no card exceeds: computed, not measured. */
static json_t *bound_json(const struct bench *b, const struct bench_row *row)
{
	const struct profile_card *card =
		profile_card_find(b->emulated.board.id);
	struct bound bound;

	if (!card)
		return json_null();
	bound = bound_of(card, row->card.instructions, row->cell.size);
	return json_pack("{s:s, s:f, s:f, s:o, s:o}", "card", card->name,
			 "packets_per_s", bound.packets, "wire_frames_per_s",
			 bound.wire, "assumptions", assumptions(), "published",
			 published());
}

json_t *bench_json_card(const struct bench *b, const struct bench_row *row)
{
	const struct bench_card *card = &row->card;

	if (!card->known)
		return json_null();
	return json_pack("{s:f, s:f, s:I, s:o}", "instructions_per_packet",
			 card->instructions, "memory_commands_per_packet",
			 card->memory_commands, "packets",
			 (json_int_t)card->packets, "bound",
			 bound_json(b, row));
}
