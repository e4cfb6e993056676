/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check_options.h"
#include "profile.h"

#define ROWS	    (sizeof(rows) / sizeof(rows[0]))
#define MTU_MIN	    68	  /* IPv4's own least */
#define MTU_MAX	    65535 /* beyond any that the card takes */
#define DEFAULT_MTU 1500
#define LEFT_COLUMN 25

struct parsing {
	struct check_arguments *out;
	char *why;
	size_t room;
};

typedef int set_fn(struct parsing *p, const char *name, const char *arg);

/* What was typed is repeated, and must not steer a terminal. */
__attribute__((format(printf, 2, 3))) static int fail(const struct parsing *p,
						      const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(p->why, p->room, format, args);
	va_end(args);
	for (char *c = p->why; p->room && *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	return -EINVAL;
}

static int set_section(struct parsing *p, const char *name, const char *arg)
{
	if (!*arg)
		return fail(p, "--%s needs a name", name);
	p->out->section = arg;
	return 0;
}

static void list_profiles(char *out, size_t room)
{
	const struct profile *profile = NULL;
	size_t used = 0;

	while ((profile = profile_next(profile)) && used < room)
		used += snprintf(out + used, room - used, "%s%s",
				 used ? ", " : "", profile->name);
}

static int set_firmware(struct parsing *p, const char *name, const char *arg)
{
	char names[128];

	p->out->options.profile = profile_find(arg);
	if (p->out->options.profile)
		return 0;
	list_profiles(names, sizeof(names));
	return fail(p, "--%s %s: not known; there are: %s", name, arg, names);
}

/* One between two that are known may answer like either: both are asked, and
 * the output says so.
 */
static int set_kernel(struct parsing *p, const char *name, const char *arg)
{
	int found = check_kernel_find(arg, &p->out->options.kernel);

	if (found == -EINVAL)
		return fail(p, "--%s %s: not a version like 6.1", name, arg);
	if (found < 0)
		return fail(p,
			    "--%s %s: not known; there are: 6.1, 6.12 and "
			    "later",
			    name, arg);
	p->out->asked_kernel = found ? arg : NULL;
	p->out->later = CHECK_KERNEL_6_12;
	p->out->between = found && p->out->options.kernel != p->out->later;
	return 0;
}

static int set_mtu(struct parsing *p, const char *name, const char *arg)
{
	unsigned long mtu;
	char *end;

	errno = 0;
	mtu = strtoul(arg, &end, 10);
	if (errno || *end || *arg < '0' || *arg > '9' || mtu < MTU_MIN ||
	    mtu > MTU_MAX)
		return fail(p, "--%s %s: not a number of bytes from %u to %u",
			    name, arg, MTU_MIN, MTU_MAX);
	p->out->options.mtu = mtu;
	return 0;
}

static int set_json(struct parsing *p, const char *name, const char *arg)
{
	(void)name;
	(void)arg;
	p->out->json = true;
	return 0;
}

static int set_verbose(struct parsing *p, const char *name, const char *arg)
{
	(void)name;
	(void)arg;
	p->out->verbose = true;
	return 0;
}

static int set_help(struct parsing *p, const char *name, const char *arg)
{
	(void)name;
	(void)arg;
	p->out->command = CHECK_COMMAND_HELP;
	return 0;
}

static int set_version(struct parsing *p, const char *name, const char *arg)
{
	(void)name;
	(void)arg;
	p->out->command = CHECK_COMMAND_VERSION;
	return 0;
}

static const struct row {
	const char *name;
	char letter;
	set_fn *set;
	const char *arg; /* NULL: takes none */
	const char *help;
} rows[] = {
	{ "section", 's', set_section, "NAME",
	  "only this program, by function or section" },
	{ "firmware", 'f', set_firmware, "PROFILE", "what the card runs" },
	{ "kernel", 'k', set_kernel, "VERSION",
	  "6.1 (default), or 6.12 and later" },
	{ "mtu", 'm', set_mtu, "BYTES", "of the interface (default 1500)" },
	{ "json", 'j', set_json, NULL, "JSON on standard output" },
	{ "verbose", 'v', set_verbose, NULL,
	  "list the instructions with their cost" },
	{ "help", 'h', set_help, NULL, "this" },
	{ "version", 'V', set_version, NULL, "the version" },
};

void check_options_help(FILE *to)
{
	char names[128];

	fputs("Usage: offload-check OBJECT [OPTION]...\n"
	      "Tell whether an Agilio card would take the XDP programs of "
	      "OBJECT.\n\n",
	      to);
	for (size_t i = 0; i < ROWS; i++) {
		char left[48];

		snprintf(left, sizeof(left), "-%c, --%s%s%s", rows[i].letter,
			 rows[i].name, rows[i].arg ? "=" : "",
			 rows[i].arg ? rows[i].arg : "");
		fprintf(to, "  %-*s%s\n", LEFT_COLUMN, left, rows[i].help);
	}
	list_profiles(names, sizeof(names));
	fprintf(to, "\nFirmware: %s; the first is the default.\n", names);
	fputs("Exit status: 0 accepted, 1 refused, 2 usage or unreadable "
	      "object, 3 undecided;\nsee offload-check(1).\n",
	      to);
}

/* What getopt returns for the first row: no letter. */
#define ROW_CODE 256

/* getopt's tables, from ours. */
static void make_tables(struct option *longs, char *shorts)
{
	*shorts++ = ':'; /* tell a missing argument from an unknown option */
	for (size_t i = 0; i < ROWS; i++) {
		longs[i] = (struct option){
			.name = rows[i].name,
			.has_arg =
				rows[i].arg ? required_argument : no_argument,
			.val = ROW_CODE + i,
		};
		*shorts++ = rows[i].letter;
		if (rows[i].arg)
			*shorts++ = ':';
	}
	*shorts = '\0';
}

static const struct row *row_of(int code)
{
	if (code >= ROW_CODE)
		return &rows[code - ROW_CODE];
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].letter == code)
			return &rows[i];
	return NULL;
}

static int parse_one(struct parsing *p, int code, const char *text)
{
	const struct row *row = row_of(code);

	if (code == ':')
		return fail(p, "%s needs a value", text);
	if (!row && optopt > 0 && optopt < ROW_CODE)
		return fail(p, "unknown option -%c", optopt);
	if (!row && optopt >= ROW_CODE)
		return fail(p, "--%s takes no value",
			    rows[optopt - ROW_CODE].name);
	if (!row)
		return fail(p, "unknown or ambiguous option %s", text);
	return row->set(p, row->name, optarg);
}

static int check_object(const struct parsing *p, char **objects, int count)
{
	if (p->out->command != CHECK_COMMAND_CHECK)
		return 0;
	if (!count)
		return fail(p, "which object?");
	if (count > 1)
		return fail(p, "one object at a time, not %s as well",
			    objects[1]);
	if (!*objects[0])
		return fail(p, "the name of the object is empty");
	p->out->object = objects[0];
	return 0;
}

int check_options_parse(int argc, char **argv, struct check_arguments *out,
			char *why, size_t room)
{
	struct parsing p = { .out = out, .why = why, .room = room };
	struct option longs[ROWS + 1] = {};
	char shorts[2 * ROWS + 2];
	int code, err = 0;

	memset(out, 0, sizeof(*out));
	out->options.profile = &profile_published;
	out->options.mtu = DEFAULT_MTU;
	make_tables(longs, shorts);
	opterr = 0;
	optind = 0; /* start afresh, also when called again */
	while (!err &&
	       (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1)
		err = parse_one(&p, code, argv[optind - 1]);
	return err ?: check_object(&p, argv + optind, argc - optind);
}
