/* SPDX-License-Identifier: GPL-2.0-only */
/* Results, as text or as JSON, on standard output. */
#ifndef VALIDATE_REPORT_H
#define VALIDATE_REPORT_H

#include "validate/run.h"

/* How it ended: one word for JSON. */
enum ending {
	ENDING_RIGHT,	    /* all is right */
	ENDING_WRONG,	    /* all was asked, and something is not right */
	ENDING_SILENT,	    /* no reply, any more or at all */
	ENDING_LOST,	    /* the interface went away or down */
	ENDING_INTERRUPTED, /* by a signal */
	ENDING_ERROR,	    /* another error of the port */
};

const char *ending_name(enum ending ending);

/* Who is asked, and what the columns are. */
void report_text_begin(const struct run *run);
void report_text_group(const struct run *run, const struct tally *tally);

/* Cases that failed, what was left out, known differences, and the sum. */
void report_text_end(const struct run *run, enum ending ending);

void report_json(const struct run *run, enum ending ending);

#endif
