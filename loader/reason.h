/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why was it refused, and what is to be done? Finds the best explanation of
 * all that a kernel leaves lying about: netlink's sentence, the verifier's
 * log, the kernel's log, what the device can do, the caller's capabilities.
 */
#ifndef REASON_H
#define REASON_H

#include "device.h"
#include "mode.h"

/* All that is known about one refusal; strings are "" where there is none. */
struct evidence {
	const struct device *dev;
	bool perfmon;		 /* the load needs CAP_PERFMON */
	const char *message;	 /* netlink's sentence */
	const char *verifier;	 /* verifier log */
	const char *refused_map; /* name, or NULL */
	const char *bpf_message; /* libbpf's first warning */
	int kmsg;		 /* from kmsg_open() */
	bool frags;		 /* the program is marked for several buffers */
};

/**
 * reason_find() - explain a refusal
 * @why: mode, stage and err are set; reason and source are filled
 */
void reason_find(const struct evidence *evidence, struct attempt *why);

/**
 * reason_verifier_line() - the line of a verifier log that says what is wrong
 *
 * That is the last one before the statistics. Return: false without one.
 */
bool reason_verifier_line(const char *log, char *out, size_t room);

/* The part of the log that @out's line ends, of up to @lines lines. */
void reason_verifier_tail(const char *log, int lines, char *out, size_t room);

#endif
