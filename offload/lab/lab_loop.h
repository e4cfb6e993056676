/* SPDX-License-Identifier: GPL-2.0-only */
/* The life of the guest: its streams, signals and clocks, until it is clear how
 * it ended.
 */
#ifndef LAB_LOOP_H
#define LAB_LOOP_H

#include <signal.h>

#include "lab_qemu.h"

/* The lab's own exit statuses. */
enum {
	LAB_LOST = 124,	  /* the guest has not told how the command ended */
	LAB_FAILED = 125, /* there was no guest, or not the right one */
};

struct lab_watch {
	unsigned int timeout_s; /* 0: none */
	unsigned int boot_s;	/* until the guest is up */
	bool tty;
	bool verbose; /* show the guest's console */
};

/* The signals that lab_loop() waits for, and that are blocked before. */
void lab_loop_signals(sigset_t *set);

/**
 * lab_loop() - until the command ends, or the guest, or a signal comes
 * @why: the sentence to print, empty if there is nothing to say
 *
 * What QEMU and the guest said last is printed here, where that matters.
 *
 * Return: the lab's exit status.
 */
int lab_loop(struct lab_qemu *qemu, const struct lab_watch *watch,
	     struct lab_why *why);

#endif
