/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lab's emulated card, asked from inside of the lab: what programs have
 * executed there. It tells how much code a frame takes, and nothing about time.
 */
#ifndef EMULATED_H
#define EMULATED_H

#include "device.h"

/* In the order of offload/card/program.h. */
enum emulated_verdict {
	EMULATED_PASS,
	EMULATED_DROP,
	EMULATED_TX,
	EMULATED_ABORTED,
	EMULATED_VERDICTS,
};

struct emulated_range {
	unsigned int min, max;
	double mean;
};

/* Of all frames of one port with one verdict, since emulated_clear(); ranges
 * are of one frame, and 0 where there was none.
 */
struct emulated_cost {
	__u64 frames;
	__u64 bytes;
	struct emulated_range instructions; /* the program's own, executed */
	struct emulated_range commands;	    /* to memory */
	struct emulated_range calls;	    /* of the firmware's routines */
};

struct emulated_counts {
	struct emulated_cost cost[EMULATED_VERDICTS];
};

/**
 * emulated_is() - is an interface a port of the lab's card?
 *
 * The card itself says so, through its driver: it is never guessed from the
 * machine, so that a real card in a virtual machine is none.
 *
 * Return: 1 or 0; -errno where it cannot be known, as -ENODEV for a port that
 * was moved away from its card's namespace (board_read()): then it may be a
 * real card as well as the emulated one.
 */
int emulated_is(const struct device *dev);

/* Which port of its card is it? Return: 0.., or -errno. */
int emulated_port(const struct device *dev);

/**
 * emulated_read() - ask the card for the counts of one of its ports
 *
 * Return: 0; -ENOENT outside of the lab; -EIO where the card refuses or does
 * not answer in ten seconds; -EPROTO for an answer that makes no sense.
 */
int emulated_read(unsigned int port, struct emulated_counts *out);

/* Start counting again, for both ports. Return: as emulated_read(). */
int emulated_clear(void);

/* The part that reads what the card says, for emulated_read(). */
int emulated_parse(const char *json, unsigned int port,
		   struct emulated_counts *out);

#endif
