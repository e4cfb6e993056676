/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line of offload-lab. */
#ifndef LAB_OPTIONS_H
#define LAB_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "card/config.h"
#include "lab_why.h"

enum lab_task {
	LAB_RUN,
	LAB_LIST,
	LAB_HELP,
	LAB_VERSION,
};

struct lab_options {
	enum lab_task task;
	const char *kernel; /* how its version begins; NULL: the oldest */
	const char *netns;  /* NULL: one of its own */
	const char *wires[CARD_PORTS_MAX]; /* NULL: the default name */
	unsigned int wire_count;	   /* given */
	bool cable;	      /* from port to port, and no wire of the host */
	const char *firmware; /* NULL: the published one */
	char *sets;	      /* "NAME=VALUE;..."; owned */
	struct card_config config; /* what they come to */
	unsigned int timeout_s;	   /* 0: none */
	unsigned int boot_s;	   /* until the guest is up */
	bool tty;
	bool verbose;
	bool quiet;
	char **command; /* of the caller's argv; empty: a shell */
};

/**
 * lab_options_parse() - read a command line, the card's properties included
 * @out: freed with lab_options_free(), also after a failure
 *
 * Return: 0, -EINVAL with @why filled, or -ENOMEM.
 */
int lab_options_parse(int argc, char **argv, struct lab_options *out,
		      struct lab_why *why);
void lab_options_free(struct lab_options *options);

/* The text of --help. */
void lab_options_help(FILE *to);

#endif
