/* SPDX-License-Identifier: GPL-2.0-only */
/* Records of the tracing builds, one line for each echo request. */
#ifndef TRACE_H
#define TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "program.h"

struct trace;

/**
 * trace_open() - listen to a program that is loaded, and not attached yet
 * @ifname: begins each line
 * @json:   lines are JSON objects
 *
 * From here on SIGINT, SIGTERM and SIGHUP only end trace_run().
 *
 * Return: NULL with errno set. Closed with trace_close().
 */
struct trace *trace_open(const struct program *p, const char *ifname,
			 bool json);

/**
 * trace_run() - print records until SIGINT, SIGTERM or SIGHUP
 * @goes_on: asked about every second; tracing ends when it says no
 *
 * Ends as well when nobody reads standard output any more.
 */
void trace_run(struct trace *const *traces, size_t count,
	       bool (*goes_on)(void *data), void *data);

/**
 * trace_finish() - print what is left
 *
 * To be called when the program is off its interface. Says on standard error,
 * and in JSON, how many requests were printed, and how many records were lost.
 */
void trace_finish(struct trace *trace);
void trace_close(struct trace *trace);

#endif
