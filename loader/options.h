/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line of offload-load. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdio.h>

#include "mode.h"
#include "targets.h"

enum command {
	COMMAND_LOAD,
	COMMAND_STATUS,
	COMMAND_STATS,
	COMMAND_OFF,
	COMMAND_HELP,
	COMMAND_VERSION,
};

struct options {
	enum command command;
	enum xdp_mode mode; /* the best to try */
	bool only;
	bool automatic;		/* --answer auto */
	struct targets targets; /* otherwise these; owned */
	bool drop;
	bool replace;
	bool trace;
	bool restricted;
	bool json;
	bool verbose;
	char *program;	       /* FILE; owned, NULL: the responder */
	char *program_name;    /* NAME behind it, or NULL; part of program */
	unsigned int interval; /* seconds between statistics; 0: once */
	char **ifnames;	       /* of the caller's argv */
	int count;
};

/**
 * options_parse() - read a command line
 * @out: freed with options_free(), also after a failure
 * @why: a sentence of @room bytes on failure
 *
 * Return: 0, -EINVAL with @why filled, or -ENOMEM.
 */
int options_parse(int argc, char **argv, struct options *out, char *why,
		  size_t room);
void options_free(struct options *options);

/* The text of --help. */
void options_help(FILE *to);

#endif
