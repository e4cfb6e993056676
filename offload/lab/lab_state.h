/* SPDX-License-Identifier: GPL-2.0-only */
/* What is known of a running guest, and what follows from it: only for
 * lab_loop.c, which sees what happens, and lab_end.c, which decides.
 */
#ifndef LAB_STATE_H
#define LAB_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "lab_loop.h"
#include "lab_pump.h"
#include "lab_status.h"
#include "lab_tail.h"

enum pump {
	IN,
	OUT,
	ERR,
	PUMPS,
};

struct lab_state {
	struct lab_qemu *qemu;
	const struct lab_watch *watch;
	struct lab_why *why;
	int signalfd;
	int signal; /* that ends the lab */
	int broken; /* -errno of the user's streams */
	bool qemu_ended;
	int qemu_status;      /* of waitpid() */
	bool raw;	      /* the terminal was made so */
	int64_t start, heard; /* ms */
	int64_t ended;	      /* ms: when the command's end was told */
	int64_t moved;	      /* ms: when there was output last */
	struct lab_status status;
	struct lab_tail console, said;
	struct lab_pump pumps[PUMPS];
};

int64_t lab_now_ms(void);

/* The first deadline, in ms, and what has happened when it passes. */
int64_t lab_deadline(const struct lab_state *l, const char **what);

/* The exit status once there is one, with its sentence; -1 until then. */
int lab_outcome(struct lab_state *l);

#endif
