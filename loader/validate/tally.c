/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "validate/tally.h"

static const struct {
	const char *name;
	bool fails;
} outcomes[OUTCOME_COUNT] = {
	[OUTCOME_RIGHT] = { "right", false },
	[OUTCOME_HOST] = { "host", false },
	[OUTCOME_SILENT] = { "silent", false },
	[OUTCOME_KNOWN] = { "known", false },
	[OUTCOME_WRONG] = { "wrong", true },
	[OUTCOME_MISSING] = { "missing", true },
	[OUTCOME_LOST] = { "lost", true },
	[OUTCOME_TWICE] = { "twice", true },
	[OUTCOME_REORDERED] = { "reordered", true },
};

const char *outcome_name(enum outcome outcome)
{
	return outcomes[outcome].name;
}

bool outcome_fails(enum outcome outcome)
{
	return outcomes[outcome].fails;
}

const char *left_out_text(enum left_out left)
{
	static const char *const texts[LEFT_COUNT] = {
		[LEFT_SHORT] = "not sent: shorter than 60 bytes, and padded on "
			       "this wire, which makes them other cases",
		[LEFT_LONG] = "not sent: longer than the MTU allows",
		[LEFT_DROPPED] = "not sent: no address is known whose requests "
				 "are dropped",
		[LEFT_FILTERED] = "sent to other MAC addresses and not "
				  "answered: the port filters them (it is not "
				  "promiscuous)",
	};

	return texts[left];
}

const char *silence_text(enum wire_silence silence)
{
	static const char *const texts[WIRE_SILENCES] = {
		[WIRE_NO_SILENCE] =
			"no reply at first, and a right one when asked again: "
			"it drops replies while the device has not sent those "
			"before (IcmpOutErrors); or lost on the way",
		[WIRE_TAGGED] = "no reply: the VLAN is none of its interfaces",
		[WIRE_OTHER_MAC] = "no reply: for another MAC address",
		[WIRE_NO_ROUTE] =
			"no reply: no route to its source by this wire",
	};

	return texts[silence];
}

void tally_add_fault(struct tally *t, const char *fault, unsigned long count)
{
	struct fault_count *f = t->fault, *last = &t->fault[FAULTS_MAX - 1];

	while (f < last && f->fault && strcmp(f->fault, fault))
		f++;
	f->fault = f == last ? "other faults" : fault;
	f->count += count;
}

unsigned long tally_failures(const struct tally *t)
{
	unsigned long sum = 0;

	for (int o = 0; o < OUTCOME_COUNT; o++)
		if (outcome_fails(o))
			sum += t->outcome[o];
	return sum;
}
