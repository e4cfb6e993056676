/* SPDX-License-Identifier: GPL-2.0-only */
/* QEMU: its command line, and its process, which dies with this one. */
#ifndef LAB_QEMU_H
#define LAB_QEMU_H

#include <stdbool.h>
#include <sys/types.h>

#include "lab_dir.h"
#include "lab_options.h"
#include "lab_place.h"
#include "lab_wire.h"

/* Sockets to the guest and to QEMU itself. */
enum lab_channel {
	LAB_SAID,    /* QEMU's own messages */
	LAB_CONSOLE, /* the guest's kernel log */
	LAB_STATUS,  /* see lab_status.h */
	LAB_STDIN,   /* the command's, or with a terminal: */
	LAB_STDOUT,
	LAB_STDERR,
	LAB_TTY,
	LAB_CHANNELS,
};

struct lab_qemu {
	pid_t pid;		   /* 0: none */
	int channel[LAB_CHANNELS]; /* non-blocking; -1: not there */
};

struct lab_machine {
	const struct lab_place *place;
	const struct lab_dir *dir;
	const struct lab_wires *wires;
	const char *sets; /* of the card; NULL: none */
	bool tty;
	bool verbose; /* the kernel tells more */
};

/* Start it. Return: 0, or -EINVAL with @why filled. */
int lab_qemu_start(struct lab_qemu *qemu, const struct lab_machine *machine,
		   struct lab_why *why);

/* End it, if it runs. */
void lab_qemu_kill(struct lab_qemu *qemu);

/* Has it ended? Then @status is as from waitpid(). */
bool lab_qemu_ended(struct lab_qemu *qemu, int *status);

#endif
