/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "array.h"
#include "lab_command.h"

/* Of no use in the guest: they lead to sockets, descriptors and libraries that
 * are for the host's processes.
 */
static const char *const left_out[] = {
	"DBUS_SESSION_BUS_ADDRESS",
	"DISPLAY",
	"LD_PRELOAD",
	"LISTEN_FDS",
	"LISTEN_PID",
	"MAKEFLAGS",
	"MFLAGS",
	"NOTIFY_SOCKET",
	"PATH",
	"SSH_AUTH_SOCK",
	"STY",
	"TMUX",
	"WAYLAND_DISPLAY",
	"XAUTHORITY",
	"XDG_RUNTIME_DIR",
};

static bool is_left_out(const char *assignment)
{
	size_t len = strcspn(assignment, "=");

	for (size_t i = 0; i < ARRAY_SIZE(left_out); i++)
		if (strlen(left_out[i]) == len &&
		    !strncmp(left_out[i], assignment, len))
			return true;
	return false;
}

/* quote - one word of a shell script */
static void quote(FILE *to, const char *word)
{
	fputc('\'', to);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", to);
		else
			fputc(*word, to);
	fputc('\'', to);
}

static void put_word(FILE *to, const char *word)
{
	fputc(' ', to);
	quote(to, word);
}

/* offload-load is beside the lab, installed or not. */
static void put_own_folder(FILE *to)
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (len < 0)
		return;
	self[len] = '\0';
	*strrchr(self, '/') = '\0';
	fputc(':', to);
	quote(to, self);
}

static void put_environment(FILE *to)
{
	const char *path = getenv("PATH");

	fputs(" PATH=/run/offload/bin:", to);
	quote(to, path ? path : "/usr/local/bin:/usr/bin:/bin");
	fputs(":/usr/local/sbin:/usr/sbin:/sbin", to);
	put_own_folder(to);
	for (char **e = environ; *e; e++)
		if (strchr(*e, '=') && !is_left_out(*e))
			put_word(to, *e);
}

static const char *shell(void)
{
	const char *name = getenv("SHELL");

	return name && *name == '/' && !access(name, X_OK) ? name : "/bin/sh";
}

/* env takes a word with '=' for an assignment: then the command comes later. */
static void put_words(FILE *to, char **words)
{
	if (!*words)
		put_word(to, shell());
	else if (strchr(*words, '='))
		fputs(" /bin/sh -c 'exec \"$@\"' sh", to);
	for (; *words; words++)
		put_word(to, *words);
}

static void put_command(FILE *to, const char *cwd, char **words)
{
	fputs("cd ", to);
	quote(to, cwd);
	fputs(" && exec /usr/bin/env -i", to);
	put_environment(to);
	put_words(to, words);
	fputc('\n', to);
}

static void put_settings(FILE *to, const struct lab_place *place,
			 const struct lab_job *job, const char *cwd)
{
	fprintf(to, "lab_ports=%u\nlab_tty=%s\nlab_rows=%u\nlab_columns=%u\n",
		job->ports, job->tty ? "yes" : "", job->window.rows,
		job->window.columns);
	fputs("lab_cwd=", to);
	quote(to, cwd);
	fputs("\nlab_dir=", to);
	quote(to, place->dir);
	fputs("\nlab_version=", to);
	quote(to, place->version);
	fputc('\n', to);
}

static int write_scripts(const struct lab_dir *dir,
			 const struct lab_place *place,
			 const struct lab_job *job, const char *cwd,
			 struct lab_why *why)
{
	FILE *settings = lab_dir_open(dir, "settings");
	FILE *command = lab_dir_open(dir, "command");
	bool lost = true;

	if (settings && command) {
		put_settings(settings, place, job, cwd);
		put_command(command, cwd, job->words);
		lost = ferror(settings) || ferror(command);
	}
	lost |= settings && fclose(settings);
	lost |= command && fclose(command);
	return lost ? lab_fail(why, "%s: cannot be written to: %s", dir->path,
			       strerror(errno))
		    : 0;
}

int lab_command_write(const struct lab_dir *dir, const struct lab_place *place,
		      const struct lab_job *job, struct lab_why *why)
{
	static const char *const scripts[] = { "init", "card" };
	char *cwd = get_current_dir_name(), from[PATH_MAX + 16];
	int err = 0;

	if (!cwd)
		return lab_fail(why, "no current folder: %s", strerror(errno));
	for (size_t i = 0; !err && i < ARRAY_SIZE(scripts); i++) {
		snprintf(from, sizeof(from), "%s/%s", place->dir, scripts[i]);
		err = lab_dir_copy(dir, from, scripts[i], why);
	}
	if (!err)
		err = write_scripts(dir, place, job, cwd, why);
	free(cwd);
	return err;
}
