/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

static int why;

void output_start(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

void output_flush(void)
{
	if (fflush(stdout))
		why = why ?: errno;
}

bool output_close(const char *program)
{
	bool lost;

	output_flush();
	lost = ferror(stdout);
	if (!fclose(stdout) && !lost)
		return true;
	fprintf(stderr, "%s: standard output cannot be written%s%s\n", program,
		why ? ": " : "", why ? strerror(why) : "");
	return false;
}
