/* SPDX-License-Identifier: GPL-2.0-only */
/* Ask all cases, and judge what comes back. */
#ifndef VALIDATE_RUN_H
#define VALIDATE_RUN_H

#include <signal.h>

#include "validate/capture.h"
#include "validate/end.h"
#include "validate/failure.h"
#include "validate/groups.h"
#include "validate/tally.h"

/* Failures that are kept of one fault, unless all are wanted. */
#define FAILURES_KEPT 1
#define FAILURES_ALL  1000

struct run {
	/* Filled in by the caller. */
	const struct validate_options *options;
	struct peer *peer;
	struct end *end;
	struct capture *capture; /* or NULL */
	const volatile sig_atomic_t *stop;
	/* Called with each group that is done. */
	void (*progress)(const struct run *run, const struct tally *tally);

	/* Results. */
	struct tally tally[2 * GROUP_COUNT];
	int tallies;
	bool probed[2];	  /* by family: was it asked at all? */
	bool answered[2]; /* the same: is there any reply? */
	unsigned long requests[ECHO_VERDICTS + 1]; /* by verdict, of all sent */
	unsigned long strays;
	struct failure *failure; /* owned */
	size_t failures;

	/* Its own. */
	struct exchange *x;
	struct maker maker;
	struct tally *now;
	struct places again; /* not answered */
	struct places filtered;
	bool other_mac_answered;
	int err;
};

/**
 * run_all() - the groups that are wanted, of the families that there are
 *
 * Return: 0 where all was asked; else -errno, with results of a part: -EINTR
 * where it was to end, -ETIMEDOUT where there is no reply, any more or at all,
 * -ENETDOWN, -ENODEV, or another error of the port.
 */
int run_all(struct run *run);

/* Free what run_all() has kept. */
void run_free(struct run *run);

/* Cases that failed, of all groups, and replies to nothing that was asked. */
unsigned long run_failures(const struct run *run);

#endif
