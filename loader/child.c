/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "netns.h"

#define CANNOT_RUN 127

__attribute__((noreturn)) static void become(char *const argv[], int netns,
					     int out, int err)
{
	setpgid(0, 0);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	if (netns < 0 || !netns_enter(netns))
		execvp(argv[0], argv);
	_exit(CANNOT_RUN);
}

/* All that is in a file in memory. NULL without memory. */
static char *contents(int fd)
{
	struct stat st;
	char *text;
	ssize_t len;

	if (fstat(fd, &st))
		return NULL;
	text = malloc(st.st_size + 1);
	if (!text)
		return NULL;
	len = pread(fd, text, st.st_size, 0);
	text[len < 0 ? 0 : len] = '\0';
	return text;
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int run(char *const argv[], int netns, int out, int err,
	       struct child *child)
{
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (!pid)
		become(argv, netns, out, err);
	child->status = wait_for(pid);
	if (child->status < 0)
		return child->status;
	if (child->status == CANNOT_RUN)
		return -ENOENT;
	child->out = contents(out);
	child->err = contents(err);
	return child->out && child->err ? 0 : -ENOMEM;
}

int child_run(char *const argv[], int netns, struct child *child)
{
	int out = memfd_create("out", MFD_CLOEXEC);
	int err = memfd_create("err", MFD_CLOEXEC);
	int rc;

	memset(child, 0, sizeof(*child));
	if (out < 0 || err < 0)
		rc = -errno;
	else
		rc = run(argv, netns, out, err, child);
	if (out >= 0)
		close(out);
	if (err >= 0)
		close(err);
	return rc;
}

void child_free(struct child *child)
{
	free(child->out);
	free(child->err);
	memset(child, 0, sizeof(*child));
}
