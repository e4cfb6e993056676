/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line of offload-check. */
#ifndef CHECK_OPTIONS_H
#define CHECK_OPTIONS_H

#include <stdio.h>

#include "check.h"

enum check_command {
	CHECK_COMMAND_CHECK,
	CHECK_COMMAND_HELP,
	CHECK_COMMAND_VERSION,
};

struct check_arguments {
	enum check_command command;
	const char *object;  /* of the caller's argv */
	const char *section; /* NULL: all XDP programs */
	struct check_options options;
	const char *asked_kernel; /* where it is taken for another, or NULL */
	/* It is between two that are known: judged as both. */
	bool between;
	enum check_kernel later; /* then the newer of them */
	bool json;
	bool verbose;
};

/**
 * check_options_parse() - read a command line
 * @out: its strings are those of @argv
 * @why: a sentence of @room bytes on failure
 *
 * Return: 0 or -EINVAL.
 */
int check_options_parse(int argc, char **argv, struct check_arguments *out,
			char *why, size_t room);

/* The text of --help. */
void check_options_help(FILE *to);

#endif
