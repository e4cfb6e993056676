/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "array.h"
#include "lab_loop.h"
#include "lab_state.h"
#include "lab_tty.h"

static const int signals[] = { SIGINT,	SIGTERM, SIGHUP,
			       SIGQUIT, SIGCHLD, SIGWINCH };

/* What is waited for: two entries for each pump follow. */
enum {
	FD_SIGNAL,
	FD_STATUS,
	FD_CONSOLE,
	FD_SAID,
	FD_PUMPS,
	FDS = FD_PUMPS + 2 * PUMPS,
};

void lab_loop_signals(sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		sigaddset(set, signals[i]);
}

/* The pumps that a terminal does not need have ended from the start. */
static void init_pumps(struct lab_state *l)
{
	const int *channel = l->qemu->channel;

	if (l->watch->tty) {
		lab_pump_init(&l->pumps[IN], STDIN_FILENO, channel[LAB_TTY],
			      LAB_END_CTRL_D);
		lab_pump_init(&l->pumps[OUT], channel[LAB_TTY], STDOUT_FILENO,
			      LAB_END_NOT);
		l->pumps[ERR].ended = true;
		return;
	}
	lab_pump_init(&l->pumps[IN], STDIN_FILENO, channel[LAB_STDIN],
		      LAB_END_SHUTDOWN);
	lab_pump_init(&l->pumps[OUT], channel[LAB_STDOUT], STDOUT_FILENO,
		      LAB_END_NOT);
	lab_pump_init(&l->pumps[ERR], channel[LAB_STDERR], STDERR_FILENO,
		      LAB_END_NOT);
}

static void send_window(const struct lab_state *l)
{
	struct lab_window window = lab_tty_window();

	if (l->watch->tty)
		dprintf(l->qemu->channel[LAB_STATUS], "size %u %u\n",
			window.rows, window.columns);
}

static void take_signal(struct lab_state *l)
{
	struct signalfd_siginfo info;

	if (read(l->signalfd, &info, sizeof(info)) != sizeof(info))
		return;
	if (info.ssi_signo == SIGWINCH)
		send_window(l);
	else if (info.ssi_signo != SIGCHLD)
		l->signal = info.ssi_signo;
	else if (lab_qemu_ended(l->qemu, &l->qemu_status))
		l->qemu_ended = true;
}

/* take - the next bytes of a channel; at its end it is closed. 0: none now */
static size_t take(struct lab_state *l, enum lab_channel channel, char *data,
		   size_t room)
{
	int *fd = &l->qemu->channel[channel];
	ssize_t n = read(*fd, data, room);

	if (!n || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		close(*fd);
		*fd = -1;
	}
	return n < 0 ? 0 : n;
}

static void take_status(struct lab_state *l)
{
	char data[512];
	size_t len = take(l, LAB_STATUS, data, sizeof(data));

	if (len)
		l->heard = lab_now_ms();
	lab_status_take(&l->status, data, len);
	if (l->status.ended && !l->ended)
		l->ended = l->heard;
	if (l->status.up && l->watch->tty && !l->raw) {
		lab_tty_raw();
		l->raw = true;
		send_window(l);
	}
}

static void take_text(struct lab_state *l, enum lab_channel channel,
		      struct lab_tail *tail)
{
	char data[1024];
	size_t len = take(l, channel, data, sizeof(data));

	lab_tail_add(tail, data, len);
	if (l->watch->verbose)
		fwrite(data, 1, len, stderr);
}

/* What the guest sends is counted with the command's end; nothing is read from
 * the user before the guest is there.
 */
static void wait_for(struct lab_state *l, struct pollfd fds[FDS],
		     int timeout_ms)
{
	const int *channel = l->qemu->channel;

	fds[FD_SIGNAL] = (struct pollfd){ l->signalfd, POLLIN, 0 };
	fds[FD_STATUS] = (struct pollfd){ channel[LAB_STATUS], POLLIN, 0 };
	fds[FD_CONSOLE] = (struct pollfd){ channel[LAB_CONSOLE], POLLIN, 0 };
	fds[FD_SAID] = (struct pollfd){ channel[LAB_SAID], POLLIN, 0 };
	for (int i = 0; i < PUMPS; i++)
		lab_pump_poll(&l->pumps[i], &fds[FD_PUMPS + 2 * i]);
	if (!l->status.up)
		fds[FD_PUMPS].fd = -1;
	poll(fds, FDS, timeout_ms);
}

/* What the user does not take yet is not late. */
static void move_output(struct lab_state *l, struct lab_pump *pump,
			const struct pollfd fds[2])
{
	uint64_t before = pump->taken;
	int err = lab_pump_move(pump, fds);

	if (pump->taken != before || !lab_pump_is_empty(pump))
		l->moved = lab_now_ms();
	l->broken = l->broken ?: err;
}

static void handle(struct lab_state *l, const struct pollfd fds[FDS])
{
	if (fds[FD_SIGNAL].revents)
		take_signal(l);
	if (fds[FD_STATUS].revents)
		take_status(l);
	if (fds[FD_CONSOLE].revents)
		take_text(l, LAB_CONSOLE, &l->console);
	if (fds[FD_SAID].revents)
		take_text(l, LAB_SAID, &l->said);
	/* A command that does not read its input is none of our business. */
	if (lab_pump_move(&l->pumps[IN], &fds[FD_PUMPS]))
		lab_pump_stop(&l->pumps[IN]);
	for (int i = OUT; i < PUMPS; i++)
		move_output(l, &l->pumps[i], &fds[FD_PUMPS + 2 * i]);
}

static int run(struct lab_state *l)
{
	struct pollfd fds[FDS];
	const char *what;
	int code;

	for (;;) {
		int64_t left = lab_deadline(l, &what) - lab_now_ms();

		wait_for(l, fds, left < 0 ? 0 : left);
		handle(l, fds);
		code = lab_outcome(l);
		if (code >= 0)
			return code;
	}
}

int lab_loop(struct lab_qemu *qemu, const struct lab_watch *watch,
	     struct lab_why *why)
{
	struct lab_state *l = calloc(1, sizeof(*l));
	sigset_t set;
	int code = LAB_FAILED;

	lab_loop_signals(&set);
	if (!l || (l->signalfd = signalfd(-1, &set, SFD_CLOEXEC)) < 0) {
		lab_fail(why, "%s", strerror(errno));
	} else {
		l->qemu = qemu;
		l->watch = watch;
		l->why = why;
		l->start = l->heard = l->moved = lab_now_ms();
		init_pumps(l);
		code = run(l);
		lab_tty_restore();
		close(l->signalfd);
	}
	free(l);
	return code;
}
