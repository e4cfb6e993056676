/* SPDX-License-Identifier: GPL-2.0-only */
/* One stream between the user and the guest, with a buffer between. The user's
 * side is a descriptor that others have, too, so it stays as it is; reads and
 * writes there are small and follow poll(). The guest's side is a socket.
 */
#ifndef LAB_PUMP_H
#define LAB_PUMP_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stddef.h>

/* How @to learns that nothing more comes. */
enum lab_pump_end {
	LAB_END_NOT,
	LAB_END_SHUTDOWN, /* a socket to QEMU */
	LAB_END_CTRL_D,	  /* a terminal */
};

struct lab_pump {
	int from;
	int to;
	enum lab_pump_end end;
	bool ended;	/* nothing more is to be read */
	uint64_t taken; /* bytes */
	size_t start;
	size_t len;
	char buffer[32768];
};

void lab_pump_init(struct lab_pump *pump, int from, int to,
		   enum lab_pump_end end);

/* What to wait for: two entries, -1 for none. */
void lab_pump_poll(const struct lab_pump *pump, struct pollfd fds[2]);

/**
 * lab_pump_move() - read and write once each, as poll() found
 *
 * Return: 0; -errno if @to cannot be written.
 */
int lab_pump_move(struct lab_pump *pump, const struct pollfd fds[2]);

/* Nobody takes it: read no more, and forget what is left. */
void lab_pump_stop(struct lab_pump *pump);

/* Everything that was taken has been written. */
bool lab_pump_is_empty(const struct lab_pump *pump);

#endif
