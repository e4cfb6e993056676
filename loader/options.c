/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "array.h"
#include "options.h"

/* Commands that an option goes with, as bits. */
#define LOAD   (1 << COMMAND_LOAD)
#define STATUS (1 << COMMAND_STATUS)
#define STATS  (1 << COMMAND_STATS)
#define OFF    (1 << COMMAND_OFF)
#define ALL    (LOAD | STATUS | STATS | OFF)

/* What was given, as bits, to find what contradicts what. */
enum given {
	GIVEN_MODE = 1 << 0,
	GIVEN_COMMAND = 1 << 1,
	GIVEN_RESPONDER = 1 << 2, /* about the responder's own behaviour */
	GIVEN_PROGRAM = 1 << 3,
};

struct parsing {
	struct options *out;
	unsigned int given;
	const char *command; /* the option that chose it */
};

static int set_mode(struct args *args, const char *name, const char *arg)
{
	struct parsing *p = args->out;
	enum xdp_mode mode = mode_from_name(arg ? arg : name);

	if (mode == MODE_NONE)
		return args_fail(args,
				 "\"%s\" is no mode: hw, driver, generic or tc",
				 arg);
	if (p->given & GIVEN_MODE && p->out->mode != mode)
		return args_fail(args, "--%s and --%s exclude each other",
				 mode_name(p->out->mode), mode_name(mode));
	p->given |= GIVEN_MODE;
	p->out->mode = mode;
	return 0;
}

static int set_command(struct args *args, const char *name,
		       enum command command)
{
	struct parsing *p = args->out;

	if (p->out->command == COMMAND_HELP ||
	    p->out->command == COMMAND_VERSION)
		return 0;
	if (p->given & GIVEN_COMMAND && p->out->command != command)
		return args_fail(args, "--%s and --%s exclude each other",
				 p->command, name);
	p->given |= GIVEN_COMMAND;
	p->command = name;
	p->out->command = command;
	return 0;
}

static int set_status(struct args *args, const char *name, const char *arg)
{
	(void)arg;
	return set_command(args, name, COMMAND_STATUS);
}

static int set_off(struct args *args, const char *name, const char *arg)
{
	(void)arg;
	return set_command(args, name, COMMAND_OFF);
}

static int set_stats(struct args *args, const char *name, const char *arg)
{
	struct parsing *p = args->out;
	unsigned long seconds = 0;

	if (arg && args_number(args, name, arg, 1, INT_MAX / 1000,
			       "a number of seconds", &seconds))
		return -EINVAL;
	p->out->interval = seconds;
	return set_command(args, name, COMMAND_STATS);
}

static int set_answer(struct args *args, const char *name, const char *arg)
{
	struct parsing *p = args->out;

	(void)name;
	p->given |= GIVEN_RESPONDER;
	targets_free(&p->out->targets);
	p->out->automatic = !strcmp(arg, "auto");
	if (p->out->automatic)
		return 0;
	return targets_parse(arg, &p->out->targets, args->why, args->room);
}

/* A name may follow the last colon, unless the whole is a file. */
static int set_program(struct args *args, const char *name, const char *arg)
{
	struct parsing *p = args->out;
	char *colon;

	free(p->out->program);
	p->out->program = strdup(arg);
	if (!p->out->program)
		return -ENOMEM;
	p->out->program_name = NULL;
	p->given |= GIVEN_PROGRAM;
	colon = strrchr(p->out->program, ':');
	if (colon && access(arg, F_OK)) {
		*colon = '\0';
		p->out->program_name = colon + 1;
	}
	if (!*p->out->program || (colon && !colon[1]))
		return args_fail(args, "--%s=%s: FILE or FILE:NAME is needed",
				 name, arg);
	return 0;
}

#define SETTER(field, bits)                                               \
	ARGS_SETTER(set_##field, struct parsing, p, p->out->field = true; \
		    p->given |= bits)
SETTER(only, 0)
SETTER(drop, GIVEN_RESPONDER)
SETTER(replace, 0)
SETTER(trace, GIVEN_RESPONDER)
SETTER(restricted, 0)
SETTER(json, 0)
SETTER(verbose, 0)
ARGS_SETTER(set_help, struct parsing, p, p->out->command = COMMAND_HELP)
ARGS_SETTER(set_version, struct parsing, p, p->out->command = COMMAND_VERSION)

/* Rows without help are other names of the one before. */
static const struct args_row rows[] = {
	{ "hw", 0, set_mode, "",
	  "try the card first, then driver and generic mode (default)", LOAD },
	{ "offload", 0, set_mode, "", NULL, LOAD },
	{ "xdpoffload", 0, set_mode, "", NULL, LOAD },
	{ "driver", 0, set_mode, "", "try the driver first, then generic mode",
	  LOAD },
	{ "drv", 0, set_mode, "", NULL, LOAD },
	{ "native", 0, set_mode, "", NULL, LOAD },
	{ "xdpdrv", 0, set_mode, "", NULL, LOAD },
	{ "generic", 0, set_mode, "", "generic mode", LOAD },
	{ "skb", 0, set_mode, "", NULL, LOAD },
	{ "xdpgeneric", 0, set_mode, "", NULL, LOAD },
	{ "tc", 0, set_mode, "", "no XDP: a tc filter on the ingress side",
	  LOAD },
	{ "mode", 'm', set_mode, "=MODE", "one of these by name", LOAD },
	{ "only", 0, set_only, "", "do not fall back", LOAD },
	{ "answer", 'a', set_answer, "=auto|any|ADDR[,ADDR...]",
	  "addresses to answer for; auto: those of IFACE and of what is "
	  "stacked on it",
	  LOAD },
	{ "drop", 0, set_drop, "",
	  "drop their echo requests instead of answering", LOAD },
	{ "replace", 0, set_replace, "",
	  "another's program may be replaced, or taken off, too", LOAD | OFF },
	{ "trace", 0, set_trace, "",
	  "print each echo request until interrupted", LOAD },
	{ "program", 0, set_program, "=FILE[:NAME]",
	  "load this XDP program instead of the responder", LOAD },
	{ "restricted", 0, set_restricted, "",
	  "the card's variant in every mode", LOAD },
	{ "status", 0, set_status, "", "show what is attached", STATUS },
	{ "stats", 0, set_stats, "[=SECONDS]",
	  "show the counters; every SECONDS, with rates", STATS },
	{ "off", 0, set_off, "", "detach the responder", OFF },
	{ "json", 'j', set_json, "", "JSON on standard output", ALL },
	{ "verbose", 'v', set_verbose, "", "libbpf's messages, too", LOAD },
	{ "help", 'h', set_help, "", "this", ALL },
	{ "version", 'V', set_version, "", "the version", ALL },
};

void options_help(FILE *to)
{
	fputs("Usage: offload-load IFACE... [OPTION]...\n"
	      "Answer pings in the best mode that each IFACE has.\n\n",
	      to);
	args_help(to, rows, ARRAY_SIZE(rows));
	fputs("\nModes are known by the names that ip, bpftool and xdp-tools "
	      "give them, too.\n"
	      "Exit status: 0 attached, 1 usage, 2 refused, 3 no device or "
	      "permission,\n4 another program is there, 5 not what was asked; "
	      "see offload-load(8).\n",
	      to);
}

static int check_commands(const struct args *args)
{
	const struct parsing *p = args->out;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (args->seen & 1ULL << i &&
		    !(rows[i].with & 1 << p->out->command))
			return args_fail(args, "--%s does not go with --%s",
					 rows[i].name, p->command);
	return 0;
}

static int check(const struct args *args)
{
	const struct parsing *p = args->out;
	const struct options *o = p->out;
	bool program = p->given & GIVEN_PROGRAM;

	if (o->command == COMMAND_HELP || o->command == COMMAND_VERSION)
		return 0;
	if (check_commands(args))
		return -EINVAL;
	if (program && p->given & GIVEN_RESPONDER)
		return args_fail(args,
				 "--answer, --drop and --trace are for the "
				 "responder and do not go with --program");
	if (program && o->restricted)
		return args_fail(
			args, "--program and --restricted exclude each other");
	if (o->mode == MODE_TC && (program || o->restricted))
		return args_fail(args, "--%s is XDP and does not go with --tc",
				 program ? "program" : "restricted");
	if (!o->count)
		return args_fail(args, "which interface?");
	for (int i = 0; i < o->count; i++)
		if (!*o->ifnames[i])
			return args_fail(args,
					 "the name of an interface is empty");
	return 0;
}

int options_parse(int argc, char **argv, struct options *out, char *why,
		  size_t room)
{
	struct parsing p = { .out = out };
	struct args args = ARGS(rows, &p, why, room);
	int first;

	memset(out, 0, sizeof(*out));
	out->automatic = true;
	first = args_parse(&args, argc, argv);
	if (first < 0)
		return first;
	out->ifnames = argv + first;
	out->count = argc - first;
	return check(&args);
}

void options_free(struct options *options)
{
	targets_free(&options->targets);
	free(options->program);
	memset(options, 0, sizeof(*options));
}
