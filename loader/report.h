/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is said, and how: results on standard output, as text or as JSON;
 * refusals, warnings and errors on standard error, one line each, beginning
 * with the interface.
 */
#ifndef REPORT_H
#define REPORT_H

#include <jansson.h>

#include "device.h"
#include "installed.h"
#include "mode.h"
#include "options.h"

/* "EINVAL"; "error 524" for what the C library has no name for. */
const char *report_errno(int err);

__attribute__((format(printf, 2, 3))) void report_error(const char *ifname,
							const char *format,
							...);
__attribute__((format(printf, 2, 3))) void report_warning(const char *ifname,
							  const char *format,
							  ...);

/* What ended a command on an interface early, on standard error and in JSON. */
void report_failure(const char *ifname, int err, json_t *out);

/* "eth0: hw refused at load: EINVAL: ..."; @tail: more of the verifier's
 * words, or "".
 */
void report_refusal(const char *ifname, const struct attempt *why,
		    const char *tail);

/* "program echo_xdp id 815 tag 1c3f..., 209 NFP instructions" */
void report_program_text(FILE *to, const struct device *dev,
			 const struct installed *prog);
json_t *report_program(const struct device *dev, const struct installed *prog);

/* { ifname, ifindex, driver, firmware }; dev->ifindex 0: only the name. */
json_t *report_device(const char *ifname, const struct device *dev);

/* [ { mode, stage, errno, reason, source, finding } ] */
json_t *report_attempts(const struct ladder *ladder);

/* Programs of @list but @except, which may be NULL. */
json_t *report_others(const struct device *dev,
		      const struct installed_list *list,
		      const struct installed *except);

/* What a command does with one interface: it fills @out where JSON is asked
 * for, and prints text otherwise.
 */
typedef enum exit_code each_fn(const struct options *options, struct nl *nl,
			       const char *ifname, json_t *out, void *data);

/**
 * report_each() - run a command on every interface of the command line
 *
 * Prints the JSON: one object, or an array of them for several interfaces.
 *
 * Return: the worst exit code.
 */
int report_each(const struct options *options, each_fn *one, void *data);

/* Print one JSON value on a line of its own, and free it. */
void report_line(json_t *value);

/* Look @ifname up; on failure say so. Return: EXIT_OK or the exit code. */
enum exit_code report_look_up(const char *ifname, struct device *dev,
			      json_t *out);

/* The same, and read what programs it has. */
enum exit_code report_look_at(struct nl *nl, const char *ifname,
			      struct device *dev, struct installed_list *list,
			      json_t *out);

#endif
