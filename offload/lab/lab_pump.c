/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <limits.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab_pump.h"

void lab_pump_init(struct lab_pump *pump, int from, int to,
		   enum lab_pump_end end)
{
	pump->from = from;
	pump->to = to;
	pump->end = end;
	pump->ended = false;
	pump->taken = 0;
	pump->start = 0;
	pump->len = 0;
}

bool lab_pump_is_empty(const struct lab_pump *pump)
{
	return !pump->len;
}

void lab_pump_stop(struct lab_pump *pump)
{
	pump->ended = true;
	pump->len = 0;
}

void lab_pump_poll(const struct lab_pump *pump, struct pollfd fds[2])
{
	bool reads = !pump->ended && !pump->len;

	fds[0] = (struct pollfd){ reads ? pump->from : -1, POLLIN, 0 };
	fds[1] = (struct pollfd){ pump->len ? pump->to : -1, POLLOUT, 0 };
}

/* QEMU takes the end of a half-closed socket for the end of the stream; a
 * closed one could cost what it has not read yet.
 */
static void end_it(struct lab_pump *pump)
{
	pump->ended = true;
	if (pump->end == LAB_END_SHUTDOWN)
		shutdown(pump->to, SHUT_WR);
	if (pump->end != LAB_END_CTRL_D)
		return;
	pump->buffer[0] = 'D' & 0x1f;
	pump->start = 0;
	pump->len = 1;
}

static void take(struct lab_pump *pump)
{
	ssize_t n = read(pump->from, pump->buffer, sizeof(pump->buffer));

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		end_it(pump);
		return;
	}
	pump->taken += n;
	pump->start = 0;
	pump->len = n;
}

/* A pipe that poll() finds writable takes this much without waiting. */
static int give(struct lab_pump *pump)
{
	size_t len = pump->len < PIPE_BUF ? pump->len : PIPE_BUF;
	ssize_t n = write(pump->to, pump->buffer + pump->start, len);

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	pump->start += n;
	pump->len -= n;
	return 0;
}

int lab_pump_move(struct lab_pump *pump, const struct pollfd fds[2])
{
	if (fds[0].fd >= 0 && fds[0].revents)
		take(pump);
	return fds[1].fd >= 0 && fds[1].revents ? give(pump) : 0;
}
