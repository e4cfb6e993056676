/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "array.h"
#include "lab_exec.h"
#include "lab_place.h"

#define NFP "lib/modules/%s/kernel/drivers/net/ethernet/netronome/nfp/nfp.ko"

__attribute__((format(printf, 2, 3))) static bool exists(
	const struct lab_place *place, const char *format, ...)
{
	char path[2 * PATH_MAX];
	size_t len = snprintf(path, sizeof(path), "%s/", place->dir);
	va_list args;

	va_start(args, format);
	vsnprintf(path + len, sizeof(path) - len, format, args);
	va_end(args);
	return !access(path, F_OK);
}

/* beside - a folder as seen from the one of the executable */
static bool beside(struct lab_place *place, const char *where)
{
	char exe[PATH_MAX], path[PATH_MAX + 64];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	struct stat st;

	if (len < 0)
		return false;
	exe[len] = '\0';
	*strrchr(exe, '/') = '\0';
	snprintf(path, sizeof(path), "%s/%s", exe, where);
	return realpath(path, place->dir) && !stat(place->dir, &st) &&
	       S_ISDIR(st.st_mode);
}

int lab_place_find(struct lab_place *place, struct lab_why *why)
{
	const char *dir = getenv("OFFLOAD_LAB_DIR");

	if (dir && *dir) {
		if (!realpath(dir, place->dir))
			return lab_fail(why, "OFFLOAD_LAB_DIR: %s: %s", dir,
					strerror(errno));
	} else if (!beside(place, "lab") &&
		   !beside(place, "../lib/offload/lab")) {
		return lab_fail(why, "there is no folder \"lab\" beside the "
				     "executable: \"make lab\" prepares it, "
				     "or OFFLOAD_LAB_DIR names it");
	}
	return 0;
}

/* begins - is @wanted a whole number of parts of the version? */
static bool begins(const char *version, const char *wanted)
{
	size_t len = strlen(wanted);

	return !strncmp(version, wanted, len) &&
	       (!isalnum((unsigned char)version[len]) ||
		!isalnum((unsigned char)version[len - 1]));
}

static int is_version(const struct dirent *entry)
{
	return isdigit((unsigned char)entry->d_name[0]);
}

static int scan(const struct lab_place *place, struct dirent ***entries)
{
	char path[PATH_MAX + 16];

	snprintf(path, sizeof(path), "%s/kernel", place->dir);
	return scandir(path, entries, is_version, versionsort);
}

static void free_entries(struct dirent **entries, int count)
{
	for (int i = 0; i < count; i++)
		free(entries[i]);
	if (count >= 0)
		free(entries);
}

void lab_place_list(const struct lab_place *place, FILE *to)
{
	struct dirent **entries;
	int count = scan(place, &entries);

	for (int i = 0; i < count; i++)
		fprintf(to, "  %s\n", entries[i]->d_name);
	if (count <= 0)
		fputs("  none: \"make lab\" prepares them\n", to);
	free_entries(entries, count);
}

static int check_kernel(const struct lab_place *place, struct lab_why *why)
{
	const char *v = place->version;

	for (size_t i = 0; i < 2; i++) {
		const char *file = i ? "initramfs" : "vmlinux";

		if (!exists(place, "kernel/%s/%s", v, file))
			return lab_fail(why,
					"kernel %s is incomplete: it has no "
					"%s; \"make lab\" prepares it",
					v, file);
	}
	if (!exists(place, "kernel/%s/" NFP, v, v) &&
	    !exists(place, "kernel/%s/" NFP ".xz", v, v))
		return lab_fail(why, "kernel %s has no nfp.ko", v);
	return 0;
}

int lab_place_kernel(struct lab_place *place, const char *wanted,
		     struct lab_why *why)
{
	struct dirent **entries;
	int count = scan(place, &entries), i = 0;

	if (count <= 0) {
		free_entries(entries, count);
		return lab_fail(why,
				"no kernel is prepared in %s/kernel: \"make "
				"lab\" does it",
				place->dir);
	}
	while (wanted && i < count && !begins(entries[i]->d_name, wanted))
		i++;
	if (i < count)
		strcpy(place->version, entries[i]->d_name);
	free_entries(entries, count);
	if (i == count)
		return lab_fail(why,
				"no kernel %s: offload-lab --list shows those "
				"there are",
				wanted);
	return check_kernel(place, why);
}

/* read_line - a file's first line, without its end */
static bool read_line(const struct lab_place *place, const char *name,
		      char *line, int room)
{
	char path[PATH_MAX + 16];
	FILE *file;
	bool ok;

	snprintf(path, sizeof(path), "%s/%s", place->dir, name);
	file = fopen(path, "re");
	if (!file)
		return false;
	ok = fgets(line, room, file);
	fclose(file);
	if (ok)
		line[strcspn(line, "\n")] = '\0';
	return ok;
}

/* strip_version - Debian's version, which stands in parentheses, alone */
static void strip_version(char *line)
{
	char *from = strchr(line, '(');
	size_t len;

	if (!from)
		return;
	len = strcspn(++from, ")");
	memmove(line, from, len);
	line[len] = '\0';
}

int lab_place_check_qemu(const struct lab_place *place, struct lab_why *why)
{
	char *ask[] = { "qemu-system-x86_64", "--version", NULL };
	char built[256], runs[256];
	int status;

	if (!exists(place, "nfp-card.so") ||
	    !read_line(place, "qemu-version", built, sizeof(built)))
		return lab_fail(why,
				"the card is not built: %s has no nfp-card.so "
				"with its qemu-version; \"make lab\" builds it",
				place->dir);
	status = lab_exec(ask, NULL, runs, sizeof(runs));
	if (status == 127)
		return lab_fail(why, "qemu-system-x86_64 is missing: apt-get "
				     "install qemu-system-x86");
	runs[strcspn(runs, "\n")] = '\0';
	if (status)
		return lab_fail(why, "qemu-system-x86_64 does not run: %s",
				runs);
	strip_version(built);
	strip_version(runs);
	if (strcmp(built, runs))
		return lab_fail(why,
				"the card is built for the QEMU of %s, but "
				"that of %s is installed: \"make lab\" builds "
				"it anew",
				built, runs);
	return 0;
}
