/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check_code.h"
#include "object.h"

#define FILE_MAX (256 << 20) /* bytes */

/* What check_file() hands out lies in here, with what its strings point to. */
struct held {
	struct code *codes;
	struct check_report reports[];
};

static int fail(int err, char *why, size_t room, const char *what)
{
	snprintf(why, room, "%s", what);
	return err;
}

/* A pipe or a device might never end. */
static int check_kind(const struct stat *st, char *why, size_t room)
{
	if (S_ISDIR(st->st_mode))
		return fail(-EISDIR, why, room, "is a folder, not an object");
	if (!S_ISREG(st->st_mode))
		return fail(-EINVAL, why, room, "is no regular file");
	if (st->st_size > FILE_MAX)
		return fail(-EFBIG, why, room,
			    "larger than 256 MiB, which is not read");
	return 0;
}

static int read_all(int fd, uint8_t *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = read(fd, bytes + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (!n)
			return -EIO; /* it became shorter meanwhile */
		done += n;
	}
	return 0;
}

static int read_fd(int fd, uint8_t **out, size_t *size, char *why, size_t room)
{
	uint8_t *bytes;
	struct stat st;
	int err;

	if (fstat(fd, &st))
		return fail(-errno, why, room, strerror(errno));
	err = check_kind(&st, why, room);
	if (err)
		return err;
	bytes = malloc(st.st_size + 1);
	if (!bytes)
		return fail(-ENOMEM, why, room, strerror(ENOMEM));
	err = read_all(fd, bytes, st.st_size);
	if (err) {
		free(bytes);
		return fail(err, why, room, strerror(-err));
	}
	*out = bytes;
	*size = st.st_size;
	return 0;
}

static int read_file(const char *path, uint8_t **out, size_t *size, char *why,
		     size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int err;

	if (fd < 0)
		return fail(-errno, why, room, strerror(errno));
	err = read_fd(fd, out, size, why, room);
	close(fd);
	return err;
}

static void free_codes(struct code *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		code_free(&codes[i]);
	free(codes);
}

/* Takes @codes over, also where it fails. */
static int check_codes(struct code *codes, size_t count,
		       const struct check_options *options,
		       struct check_report **out)
{
	struct held *held =
		calloc(1, sizeof(*held) + count * sizeof(*held->reports));
	int err = held ? 0 : -ENOMEM;

	for (size_t i = 0; !err && i < count; i++)
		err = check_code(&codes[i], options, &held->reports[i]);
	if (!err) {
		held->codes = codes;
		*out = held->reports;
		return 0;
	}
	for (size_t i = 0; held && i < count; i++)
		check_report_clear(&held->reports[i]);
	free(held);
	free_codes(codes, count);
	return err;
}

int check_memory(const void *elf, size_t size, const char *name,
		 const struct check_options *options, struct check_report **out,
		 size_t *count, char *why, size_t room)
{
	struct code *codes;
	size_t found;
	int err = object_read(elf, size, name, &codes, &found, why, room);

	if (err)
		return err;
	err = check_codes(codes, found, options, out);
	if (err)
		return fail(err, why, room, strerror(-err));
	*count = found;
	return 0;
}

int check_file(const char *path, const char *name,
	       const struct check_options *options, struct check_report **out,
	       size_t *count, char *why, size_t room)
{
	uint8_t *bytes = NULL;
	size_t size = 0;
	int err = read_file(path, &bytes, &size, why, room);

	if (err)
		return err;
	err = check_memory(bytes, size, name, options, out, count, why, room);
	free(bytes);
	return err;
}

void check_free(struct check_report *reports, size_t count)
{
	struct held *held;

	if (!reports)
		return;
	held = (void *)((char *)reports - offsetof(struct held, reports));
	for (size_t i = 0; i < count; i++)
		check_report_clear(&reports[i]);
	free_codes(held->codes, count);
	free(held);
}
