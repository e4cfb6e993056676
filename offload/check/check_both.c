/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>

#include "check_both.h"

static int check_later(const struct check_arguments *args,
		       struct check_both *both, char *why, size_t room)
{
	struct check_options options = args->options;
	size_t count;
	int err;

	options.kernel = args->later;
	err = check_file(args->object, args->section, &options, &both->later,
			 &count, why, room);
	if (err || count == both->count)
		return err;
	check_free(both->later, count);
	snprintf(why, room, "changed while it was read");
	return -EIO;
}

int check_both(const struct check_arguments *args, struct check_both *out,
	       char *why, size_t room)
{
	struct check_both both = { 0 };
	int err = check_file(args->object, args->section, &args->options,
			     &both.reports, &both.count, why, room);

	if (!err && args->between) {
		err = check_later(args, &both, why, room);
		if (err)
			check_free(both.reports, both.count);
	}
	if (!err)
		*out = both;
	return err;
}

void check_both_free(struct check_both *both)
{
	check_free(both->reports, both->count);
	check_free(both->later, both->count);
	*both = (struct check_both){ 0 };
}

const struct check_report *check_other(const struct check_both *both,
				       size_t program)
{
	const struct check_report *later = both->later;

	if (!later || later[program].verdict == both->reports[program].verdict)
		return NULL;
	return &later[program];
}

enum check_verdict check_verdict_of(const struct check_both *both,
				    size_t program)
{
	return check_other(both, program) ? CHECK_UNDECIDED
					  : both->reports[program].verdict;
}
