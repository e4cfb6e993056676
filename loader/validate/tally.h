/* SPDX-License-Identifier: GPL-2.0-only */
/* What became of the cases of one group. */
#ifndef VALIDATE_TALLY_H
#define VALIDATE_TALLY_H

#include <stdbool.h>

#include "wire/cases.h"
#include "wire/host.h"

/* Each case is one of the first; what is reordered may be right otherwise. */
enum outcome {
	OUTCOME_RIGHT,	/* a responder's reply, byte for byte */
	OUTCOME_HOST,	/* left to the host, which has answered rightly */
	OUTCOME_SILENT, /* no reply, as it must be, or may be */
	OUTCOME_KNOWN,	/* a known difference of a plain kernel */
	OUTCOME_WRONG,
	OUTCOME_MISSING,   /* no reply, also when asked again */
	OUTCOME_LOST,	   /* no reply at first; a right one when asked again */
	OUTCOME_TWICE,	   /* answered more than once */
	OUTCOME_REORDERED, /* behind a reply to a later request */
	OUTCOME_COUNT,
};

/* Cases of the group that were not judged. */
enum left_out {
	LEFT_SHORT,    /* would be padded on the way */
	LEFT_LONG,     /* than the MTU allows */
	LEFT_DROPPED,  /* no address is known whose requests are dropped */
	LEFT_FILTERED, /* sent, but a filter of MAC addresses is before it */
	LEFT_COUNT,
};

/* All sentences that there are have room; what had none would be the last. */
#define FAULTS_MAX 64

struct fault_count {
	const char *fault; /* lasts */
	unsigned long count;
};

struct tally {
	int family;
	int group;
	bool done; /* to the end */
	unsigned long sent;
	unsigned long outcome[OUTCOME_COUNT];
	unsigned long left_out[LEFT_COUNT];
	unsigned long difference[HOST_DIFFERENCES]; /* of OUTCOME_KNOWN */
	unsigned long silence[WIRE_SILENCES];	    /* the same */
	struct fault_count fault[FAULTS_MAX];
};

/* One word for a column: "right". */
const char *outcome_name(enum outcome outcome);

/* Is it a failure? */
bool outcome_fails(enum outcome outcome);

/* A sentence about cases that were left out. */
const char *left_out_text(enum left_out left);

/* Why a plain kernel may not reply; WIRE_NO_SILENCE: at first. */
const char *silence_text(enum wire_silence silence);

void tally_add_fault(struct tally *t, const char *fault, unsigned long count);

/* Of the cases, all but those that failed are right. */
unsigned long tally_failures(const struct tally *t);

#endif
