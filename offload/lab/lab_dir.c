/* SPDX-License-Identifier: GPL-2.0-only */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab_dir.h"
#include "lab_exec.h"
#include "lab_netns.h"

#define NAME "/run/offload-lab."

/* A folder is taken while this descriptor lives. -1: it is, or is gone. */
static int take(const char *path, int how)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return -1;
	if (flock(fd, how) || fstat(fd, &st) || !st.st_nlink || st.st_uid) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool read_text(int dir, const char *name, char *text, size_t room)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, room - 1);

	if (fd >= 0)
		close(fd);
	text[n < 0 ? 0 : n] = '\0';
	return n > 0;
}

/* By now another one may have this name. */
static void delete_netns(int dir)
{
	char name[NAME_MAX + 1], cookie[32], said[256];
	char *ip[] = { "ip", "netns", "del", name, NULL };
	uint64_t own;

	if (!read_text(dir, "netns", name, sizeof(name)) ||
	    !read_text(dir, "netns-cookie", cookie, sizeof(cookie)))
		return;
	own = strtoull(cookie, NULL, 10);
	if (own && own == lab_netns_cookie_of(name))
		lab_exec(ip, NULL, said, sizeof(said));
}

/* @dir is locked, and closed here. */
static void remove_taken(const char *path, int dir)
{
	DIR *stream;
	struct dirent *entry;

	delete_netns(dir);
	stream = fdopendir(dir);
	while (stream && (entry = readdir(stream)))
		if (entry->d_name[0] != '.')
			unlinkat(dir, entry->d_name, 0);
	rmdir(path);
	if (stream)
		closedir(stream);
	else
		close(dir);
}

void lab_dir_sweep(void)
{
	glob_t found;

	if (glob(NAME "??????", GLOB_NOSORT, NULL, &found))
		return;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		int fd = take(found.gl_pathv[i], LOCK_EX | LOCK_NB);

		if (fd >= 0)
			remove_taken(found.gl_pathv[i], fd);
	}
	globfree(&found);
}

/* Another lab may sweep the folder away before it is locked. */
int lab_dir_make(struct lab_dir *dir, struct lab_why *why)
{
	do {
		strcpy(dir->path, NAME "XXXXXX");
		if (!mkdtemp(dir->path)) {
			dir->path[0] = '\0';
			return lab_fail(why, "no folder in /run: %s",
					strerror(errno));
		}
		dir->lock = take(dir->path, LOCK_EX);
	} while (dir->lock < 0);
	return 0;
}

static int create(const struct lab_dir *dir, const char *name)
{
	return openat(dir->lock, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
		      0600);
}

FILE *lab_dir_open(const struct lab_dir *dir, const char *name)
{
	int fd = create(dir, name);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	if (!file && fd >= 0)
		close(fd);
	return file;
}

int lab_dir_copy(const struct lab_dir *dir, const char *from, const char *name,
		 struct lab_why *why)
{
	int in = open(from, O_RDONLY | O_CLOEXEC);
	int out = in < 0 ? -1 : create(dir, name);
	ssize_t n = -1;

	if (out >= 0)
		do
			n = sendfile(out, in, NULL, 1 << 20);
		while (n > 0);
	if (n < 0)
		lab_fail(why, "%s: %s", from, strerror(errno));
	close(in);
	close(out);
	return n < 0 ? -EINVAL : 0;
}

static int write_text(const struct lab_dir *dir, const char *name,
		      const char *text)
{
	FILE *file = lab_dir_open(dir, name);
	int err = !file || fputs(text, file) < 0 ? -1 : 0;

	return file && fclose(file) ? -1 : err;
}

int lab_dir_own_netns(const struct lab_dir *dir, const char *netns,
		      struct lab_why *why)
{
	uint64_t own = lab_netns_cookie();
	char cookie[32];

	if (!own)
		return lab_fail(why, "no cookie of the namespace: %s",
				strerror(errno));
	snprintf(cookie, sizeof(cookie), "%" PRIu64, own);
	if (write_text(dir, "netns-cookie", cookie) ||
	    write_text(dir, "netns", netns))
		return lab_fail(why, "%s: cannot be written to", dir->path);
	return 0;
}

void lab_dir_remove(struct lab_dir *dir)
{
	if (dir->path[0])
		remove_taken(dir->path, dir->lock);
	dir->path[0] = '\0';
}
