/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab_exec.h"

void lab_exec_reset_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
}

__attribute__((noreturn)) static void become(char *const argv[], int in,
					     int out)
{
	lab_exec_reset_signals();
	setpgid(0, 0); /* out of the terminal's reach: the lab cleans up */
	dup2(in, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	execvp(argv[0], argv);
	_exit(errno == ENOENT ? 127 : 126);
}

/* read_all - to the end, also of what has no room */
static void read_all(int fd, char *output, size_t room)
{
	size_t len = 0;
	char rest[512];
	ssize_t n;

	do {
		if (len + 1 < room)
			n = read(fd, output + len, room - 1 - len);
		else
			n = read(fd, rest, sizeof(rest));
		if (n > 0 && len + 1 < room)
			len += n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	while (len && output[len - 1] == '\n')
		len--;
	output[len] = '\0';
}

static int exit_status(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* input_pipe - a pipe's end with all of @input in it, which must fit */
static int input_pipe(const char *input)
{
	size_t len = input ? strlen(input) : 0;
	int ends[2], err = 0;

	if (pipe2(ends, O_CLOEXEC))
		return -errno;
	if (write(ends[1], input, len) != (ssize_t)len)
		err = -EIO;
	close(ends[1]);
	if (err)
		close(ends[0]);
	return err ?: ends[0];
}

int lab_exec(char *const argv[], const char *input, char *output, size_t room)
{
	int in = input_pipe(input), out[2];
	pid_t child;

	if (in < 0)
		return in;
	if (pipe2(out, O_CLOEXEC)) {
		close(in);
		return -errno;
	}
	child = fork();
	if (!child)
		become(argv, in, out[1]);
	close(in);
	close(out[1]);
	if (child > 0)
		read_all(out[0], output, room);
	close(out[0]);
	return child < 0 ? -EAGAIN : exit_status(child);
}
