/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the checker says of a program that a card is to run: before it is
 * tried, and afterwards at which line of the source the refusal came about.
 */
#ifndef FORESEE_H
#define FORESEE_H

#include "check.h"
#include "device.h"
#include "mode.h"

struct foresight {
	struct check_report *reports; /* one; NULL where nothing is known */
	size_t count;
	/* "Linux 6.1, firmware ...": what it was judged for, where the kernel or
	 * the firmware at hand is none that is known; else "".
	 */
	char instead[96];
};

/**
 * foresee_file() - ask the checker about a program of an object file
 * @dev:  whose firmware it is asked for; anything but a card that runs BPF
 *	  programs is not asked about
 * @name: of function or section, or NULL: the only XDP program that there is
 *
 * Whatever is wrong with the file is left to the loader to say.
 */
void foresee_file(const struct device *dev, const char *path, const char *name,
		  struct foresight *out);

/* The same for an object in memory. */
void foresee_memory(const struct device *dev, const void *elf, size_t size,
		    struct foresight *out);

enum foresight_kind {
	FORESIGHT_NOTHING, /* or nothing that is certain */
	FORESIGHT_REFUSED, /* by kernel or driver */
	FORESIGHT_UNSAFE,  /* they accept, and the card computes wrongly */
	FORESIGHT_CRASH,   /* the driver takes the kernel down while it loads */
};

/**
 * foresee_warning() - what will surely come of it
 * @out: a sentence of @room bytes, "" for FORESIGHT_NOTHING
 */
enum foresight_kind foresee_warning(const struct foresight *f, char *out,
				    size_t room);

/**
 * foresee_explain() - the finding that a refusal was about
 * @why: its finding is filled; "" where none of them says the same
 */
void foresee_explain(const struct foresight *f, struct attempt *why);

void foresee_end(struct foresight *f);

#endif
