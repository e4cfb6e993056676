/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line of offload-validate. */
#ifndef VALIDATE_OPTIONS_H
#define VALIDATE_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>
#include <linux/if_ether.h>
#include <linux/types.h>

#include "targets.h"
#include "wire/frame.h"

enum validate_command {
	VALIDATE_RUN,
	VALIDATE_HELP,
	VALIDATE_VERSION,
};

struct validate_options {
	enum validate_command command;
	const char *ifname;	  /* of the responder, or NULL */
	struct targets addresses; /* of the machine at the other end; owned */
	const char *peer;
	const char *netns; /* of the peer; NULL: this one */
	bool ip4, ip6;	   /* both false: whatever there is */
	bool any;	   /* every address is answered */
	bool kernel;	   /* a plain kernel answers */
	bool no_host;	   /* and no kernel answers what is left to it */
	bool mac_given;
	__u8 mac[ETH_ALEN];
	struct targets source;	/* at most one of a family; owned */
	struct targets dropped; /* the same */
	unsigned int n_tags;
	struct frame_tag tag[FRAME_MAX_TAGS];
	unsigned int groups;   /* bits; 0: all */
	unsigned long mtu;     /* at the other end; 0: not known */
	unsigned long timeout; /* ms */
	const char *capture;   /* file, or NULL */
	bool json;
	bool verbose;
};

/**
 * validate_options_parse() - read a command line
 * @out: freed with validate_options_free(), also after a failure; its texts
 *	 are those of @argv
 * @why: a sentence of @room bytes on failure
 *
 * Return: 0, -EINVAL with @why filled, or -ENOMEM.
 */
int validate_options_parse(int argc, char **argv, struct validate_options *out,
			   char *why, size_t room);
void validate_options_free(struct validate_options *options);

/* The text of --help. */
void validate_options_help(FILE *to);

#endif
