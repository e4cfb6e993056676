/* SPDX-License-Identifier: GPL-2.0-only */
#include "bound.h"

/* Checksum, preamble and the gap between frames (IEEE 802.3). */
#define WIRE_EXTRA 24
#define FRAME_MIN  60

#define MEGA 1e6

const char *const bound_assumptions[] = {
	"every core executes one instruction of the program in every cycle, a "
	"branch, too",
	"the firmware's own work for a frame and its lookups cost nothing",
	"no thread ever waits for memory that another could not hide",
	"the ports, the host's bus and the order of frames limit nothing",
	NULL,
};

double bound_wire(unsigned int gbits, unsigned int frame)
{
	if (frame < FRAME_MIN)
		frame = FRAME_MIN;
	return gbits * 1e9 / 8 / (frame + WIRE_EXTRA);
}

struct bound bound_of(const struct profile_card *card, double instructions,
		      unsigned int frame)
{
	double all = (double)card->cores * card->clock_mhz * MEGA;
	double wire = bound_wire(card->port_gbits, frame);
	double packets = all / instructions;
	unsigned int at_once = card->cores * card->threads;

	return (struct bound){
		.packets = packets,
		.wire = wire,
		.share = wire / packets,
		.stay_ns = at_once / packets * 1e9,
		.at_once = at_once,
	};
}

struct bound bound_of_published(const struct profile_card **card)
{
	const struct profile_rate *p = &profile_rate_published;

	*card = profile_card_find(p->assembly);
	return bound_of(*card, p->instructions, p->frame);
}

static void print_published(FILE *to, const char *indent)
{
	const struct profile_rate *p = &profile_rate_published;
	const struct profile_card *card;
	struct bound bound = bound_of_published(&card);

	fprintf(to, "%sbeside it: %s was published with %.1f Mpps (%s)\n",
		indent, p->what, p->packets / MEGA, p->source);
	fprintf(to,
		"%sits own bound is %.1f Mpps on %s, %u instructions for a "
		"program of its shape, emulated\n",
		indent, bound.packets / MEGA, card->name, p->instructions);
	fprintf(to,
		"%sso it came to %.2f of its bound, and to %.2f of what a wire "
		"of %u Gb/s carries\n",
		indent, p->packets / bound.packets, p->packets / bound.wire,
		card->port_gbits);
}

void bound_print(FILE *to, const char *indent, const struct profile_card *card,
		 double instructions, unsigned int frame)
{
	struct bound b = bound_of(card, instructions, frame);

	fprintf(to,
		"%sbound, not measured: %.1f Mpps on %s, %u cores at %u MHz, "
		"%.0f instructions for a frame\n",
		indent, b.packets / MEGA, card->name, card->cores,
		card->clock_mhz, instructions);
	fprintf(to,
		"%sa port's wire carries %.2f Mpps of %u bytes: %.1f %% of the "
		"instructions\n",
		indent, b.wire / MEGA, frame, b.share * 100);
	fprintf(to,
		"%sfor the bound a frame may be on the card for %.0f ns: there "
		"are %u threads\n",
		indent, b.stay_ns, b.at_once);
}

void bound_print_context(FILE *to, const char *indent)
{
	print_published(to, indent);
	for (const char *const *text = bound_assumptions; *text; text++)
		fprintf(to, "%sassumed: %s\n", indent, *text);
}
