/* SPDX-License-Identifier: GPL-2.0-only */
/* gnuplot draws, and its drawing is saved. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bench/plot_script.h"
#include "bench/show.h"
#include "child.h"

#define GNUPLOT_MISSING "gnuplot does not run: apt-get install gnuplot-nox"

/* A script in memory, by its descriptor; or -errno. */
static int make_script(const struct bench *b)
{
	int fd = memfd_create("plot", MFD_CLOEXEC), copy, err;
	FILE *to;

	if (fd < 0)
		return -errno;
	copy = dup(fd);
	to = copy < 0 ? NULL : fdopen(copy, "w");
	if (!to) {
		close(fd);
		return -ENOMEM;
	}
	err = bench_plot_script(to, b);
	if (fclose(to) && !err)
		err = -EIO;
	if (err)
		close(fd);
	return err ?: fd;
}

static int save(const char *file, const char *svg)
{
	FILE *to = fopen(file, "we");
	int err;

	if (!to)
		return -errno;
	err = fputs(svg, to) < 0 ? -errno : 0;
	return fclose(to) ? -errno : err;
}

__attribute__((format(printf, 4, 5))) static int fail(int err, char *why,
						      size_t room,
						      const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, room, format, args);
	va_end(args);
	return err;
}

static int draw(int script, const char *file, char *why, size_t room)
{
	char path[64];
	char *argv[] = { "gnuplot", path, NULL };
	struct child child;
	int err;

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", getpid(), script);
	err = child_run(argv, -1, &child);
	if (err)
		fail(err, why, room, GNUPLOT_MISSING);
	else if (child.status || !*child.out)
		err = fail(-EIO, why, room, "gnuplot failed: %.*s",
			   (int)strcspn(child.err, "\n"), child.err);
	else if ((err = save(file, child.out)))
		fail(err, why, room, "%s: %s", file, strerror(-err));
	child_free(&child);
	return err;
}

/* Nothing is left of the attempt. Return: 0 or -errno. */
static int try_to_write(const char *file)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	bool is_new = fd >= 0;

	if (!is_new && errno == EEXIST)
		fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
			  0666);
	if (fd < 0)
		return -errno;
	close(fd);
	return is_new && unlink(file) ? -errno : 0;
}

enum exit_code bench_plot_check(const char *file, char *why, size_t room)
{
	char *argv[] = { "gnuplot", "--version", NULL };
	struct child child;
	int err = child_run(argv, -1, &child);

	child_free(&child);
	if (err)
		return fail(EXIT_UNAVAILABLE, why, room, GNUPLOT_MISSING);
	err = try_to_write(file);
	if (err)
		return fail(EXIT_USAGE, why, room, "%s: %s", file,
			    strerror(-err));
	return EXIT_OK;
}

int bench_plot(const char *file, const struct bench *b, char *why, size_t room)
{
	int script = make_script(b), err;

	if (script == -ENODATA)
		return fail(script, why, room,
			    "there is nothing to draw: no row has a rate");
	if (script < 0)
		return fail(script, why, room, "no drawing: %s",
			    strerror(-script));
	err = draw(script, file, why, room);
	close(script);
	return err;
}
