/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "lab_options.h"

/* A guest that is not up by then hangs. */
#define BOOT_S 60

typedef int set_fn(struct lab_options *o, const char *arg, struct lab_why *why);

static int set_kernel(struct lab_options *o, const char *arg,
		      struct lab_why *why)
{
	if (!*arg)
		return lab_fail(why, "--kernel: a version is needed");
	o->kernel = arg;
	return 0;
}

/* What the kernel takes as a name, and what needs no quotes. */
static bool is_name(const char *text, size_t room)
{
	size_t len = strlen(text);

	if (!len || len >= room || !strcmp(text, ".") || !strcmp(text, ".."))
		return false;
	for (; *text; text++)
		if (!isalnum((unsigned char)*text) && !strchr("._-", *text))
			return false;
	return true;
}

static int set_wire(struct lab_options *o, const char *arg, struct lab_why *why)
{
	if (o->wire_count == CARD_PORTS_MAX)
		return lab_fail(why, "--wire %s: a card has at most %d ports",
				arg, CARD_PORTS_MAX);
	if (!is_name(arg, IFNAMSIZ))
		return lab_fail(why,
				"--wire %s: a name of 1 to %d letters, digits, "
				"'.', '_' and '-' is needed",
				arg, IFNAMSIZ - 1);
	if (o->wire_count && !strcmp(o->wires[0], arg))
		return lab_fail(why, "--wire %s: both wires have this name",
				arg);
	o->wires[o->wire_count++] = arg;
	return 0;
}

static int set_netns(struct lab_options *o, const char *arg,
		     struct lab_why *why)
{
	if (!is_name(arg, NAME_MAX))
		return lab_fail(why, "--netns %s: not a namespace's name", arg);
	o->netns = arg;
	return 0;
}

static int set_firmware(struct lab_options *o, const char *arg,
			struct lab_why *why)
{
	(void)why;
	o->firmware = arg;
	return 0;
}

/* add_assignment - one more in the list that the card gets */
static int add_assignment(struct lab_options *o, const char *name,
			  const char *value)
{
	char *all;

	if (asprintf(&all, "%s%s%s%s", o->sets ? o->sets : "",
		     o->sets ? ";" : "", name, value) < 0)
		return -ENOMEM;
	free(o->sets);
	o->sets = all;
	return 0;
}

static int set_property(struct lab_options *o, const char *arg,
			struct lab_why *why)
{
	if (strpbrk(arg, ";\n"))
		return lab_fail(why, "--set %s: one property at a time", arg);
	return add_assignment(o, arg, "");
}

static int parse_seconds(const char *what, const char *arg, unsigned int *out,
			 struct lab_why *why)
{
	unsigned long seconds;
	char *end;

	errno = 0;
	seconds = strtoul(arg, &end, 10);
	if (errno || *end || !isdigit((unsigned char)*arg) || !seconds ||
	    seconds > INT_MAX / 1000)
		return lab_fail(why, "%s %s: not a number of seconds", what,
				arg);
	*out = seconds;
	return 0;
}

static int set_timeout(struct lab_options *o, const char *arg,
		       struct lab_why *why)
{
	return parse_seconds("--timeout", arg, &o->timeout_s, why);
}

/* How long a start may take is the host's matter, not the command line's. */
static int set_boot(struct lab_options *o, struct lab_why *why)
{
	static const char name[] = "OFFLOAD_LAB_BOOT_SECONDS";
	const char *value = getenv(name);

	o->boot_s = BOOT_S;
	return value && *value ? parse_seconds(name, value, &o->boot_s, why)
			       : 0;
}

#define SETTER(name, change)                                          \
	static int set_##name(struct lab_options *o, const char *arg, \
			      struct lab_why *why)                    \
	{                                                             \
		(void)arg;                                            \
		(void)why;                                            \
		o->change;                                            \
		return 0;                                             \
	}
SETTER(tty, tty = true)
SETTER(verbose, verbose = true)
SETTER(quiet, quiet = true)
SETTER(list, task = LAB_LIST)
SETTER(help, task = LAB_HELP)
SETTER(version, task = LAB_VERSION)

static const struct row {
	const char *name;
	char letter;
	set_fn *set;
	const char *arg; /* "": none */
	const char *help;
} rows[] = {
	{ "kernel", 'k', set_kernel, " VERSION",
	  "boot this one, or the first that begins so (the oldest)" },
	{ "wire", 'w', set_wire, " TAP",
	  "name of a wire's other end (wire0, wire1)" },
	{ "netns", 'n', set_netns, " NAME",
	  "put it into this namespace (one of the lab's own)" },
	{ "firmware", 'f', set_firmware, " PROFILE", "what the card runs" },
	{ "set", 's', set_property, " PROPERTY=VALUE",
	  "change one property of the card" },
	{ "timeout", 0, set_timeout, " SECONDS", "end the lab after them" },
	{ "tty", 't', set_tty, "", "give COMMAND a terminal" },
	{ "verbose", 'v', set_verbose, "", "show the guest's console, too" },
	{ "quiet", 'q', set_quiet, "", "do not tell the namespace's name" },
	{ "list", 'l', set_list, "",
	  "show kernels, firmware profiles and properties" },
	{ "help", 'h', set_help, "", "this" },
	{ "version", 'V', set_version, "", "the version" },
};

void lab_options_help(FILE *to)
{
	fputs("Usage: offload-lab [OPTION]... [--] [COMMAND [ARGUMENT]...]\n"
	      "Boot a Debian kernel with an emulated Agilio card and run "
	      "COMMAND there.\n\n",
	      to);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char left[48], letter[8] = "";

		if (rows[i].letter)
			snprintf(letter, sizeof(letter), "-%c, ",
				 rows[i].letter);
		snprintf(left, sizeof(left), "%4s--%s%s", letter, rows[i].name,
			 rows[i].arg);
		fprintf(to, "  %-*s%s%s\n", 22, left,
			strlen(left) >= 22 ? "\n                        " : "",
			rows[i].help);
	}
	fputs("\nWithout COMMAND there is a shell. Exit status: COMMAND's; 124 "
	      "the guest\npanicked, hung or ran out of time, 125 the lab "
	      "failed; see offload-lab(8).\n",
	      to);
}

/* What getopt returns for the first row: no letter. */
#define ROW_CODE 256

/* getopt's tables, from ours. The first word that is no option ends them. */
static void make_tables(struct option *longs, char *shorts)
{
	*shorts++ = '+';
	*shorts++ = ':'; /* tell a missing argument from an unknown option */
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		longs[i] = (struct option){
			.name = rows[i].name,
			.has_arg = *rows[i].arg ? 1 : 0,
			.val = ROW_CODE + i,
		};
		if (!rows[i].letter)
			continue;
		*shorts++ = rows[i].letter;
		if (*rows[i].arg)
			*shorts++ = ':';
	}
	*shorts = '\0';
}

static const struct row *row_of(int code)
{
	if (code >= ROW_CODE)
		return &rows[code - ROW_CODE];
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].letter == code)
			return &rows[i];
	return NULL;
}

static int parse_one(struct lab_options *o, int code, const char *text,
		     struct lab_why *why)
{
	const struct row *row = row_of(code);

	if (code == ':')
		return lab_fail(why, "%s needs a value", text);
	if (!row && optopt > 0 && optopt < ROW_CODE)
		return lab_fail(why, "unknown option -%c", optopt);
	if (!row && optopt >= ROW_CODE)
		return lab_fail(why, "--%s takes no value",
				rows[optopt - ROW_CODE].name);
	if (!row)
		return lab_fail(why, "unknown or ambiguous option %s", text);
	return row->set(o, optarg ? optarg : "", why);
}

/* The firmware comes first, because it sets all properties anew. */
static int put_firmware_first(struct lab_options *o)
{
	char *rest = o->sets;
	int err = 0;

	if (!o->firmware)
		return 0;
	o->sets = NULL;
	err = add_assignment(o, "firmware=", o->firmware);
	if (!err && rest)
		err = add_assignment(o, rest, "");
	free(rest);
	return err;
}

static int check_card(struct lab_options *o, struct lab_why *why)
{
	int err = put_firmware_first(o);

	card_config_init(&o->config);
	if (!err && o->sets)
		err = card_config_set_all(&o->config, o->sets, why->text,
					  sizeof(why->text));
	if (!err && o->wire_count > o->config.ports)
		err = lab_fail(why,
			       "--wire %s: the card has one port; --set "
			       "ports=2 gives it another",
			       o->wires[1]);
	return err;
}

int lab_options_parse(int argc, char **argv, struct lab_options *out,
		      struct lab_why *why)
{
	struct option longs[ARRAY_SIZE(rows) + 1] = {};
	char shorts[2 * ARRAY_SIZE(rows) + 3];
	int code, err = 0;

	memset(out, 0, sizeof(*out));
	make_tables(longs, shorts);
	opterr = 0;
	optind = 0; /* start afresh, also when called again */
	while (!err &&
	       (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1)
		err = parse_one(out, code, argv[optind - 1], why);
	out->command = argv + optind;
	if (err || out->task != LAB_RUN)
		return err;
	if (*out->command && !**out->command)
		return lab_fail(why, "the command's name is empty");
	err = set_boot(out, why);
	return err ?: check_card(out, why);
}

void lab_options_free(struct lab_options *options)
{
	free(options->sets);
	options->sets = NULL;
}
