/* SPDX-License-Identifier: GPL-2.0-only */
/* Loads one interface: down the modes, read back, reported. */
#ifndef LOAD_H
#define LOAD_H

#include <jansson.h>

#include "device.h"
#include "installed.h"
#include "options.h"
#include "program.h"
#include "trace.h"

/* One interface being loaded. The caller sets what comes before the gap,
 * kmsg to -1, and zeroes the rest.
 */
struct load {
	const struct options *options;
	bool trace;  /* the tracing build */
	bool silent; /* success is not reported */
	struct device dev;
	struct nl *nl;
	int kmsg;

	struct targets found;	       /* of the interface and what is on it */
	const struct targets *targets; /* to answer: these, or given ones */
	struct installed_list before;
	struct program program; /* the one that was tried last */
	struct trace *listener;
	struct installed attached;
};

/**
 * load_attach() - load one interface, and report it
 * @out: filled where JSON is asked for; may be NULL otherwise
 *
 * Refusals and warnings go to standard error.
 *
 * Return: the exit code. In any case load_end() is to follow, once the program
 * is no longer listened to.
 */
enum exit_code load_attach(struct load *l, json_t *out);
void load_end(struct load *l);

#endif
