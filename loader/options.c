/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	__u64 seen;	     /* rows, as bits */
	char *why;
	size_t room;
};

typedef int set_fn(struct parsing *p, const char *name, const char *arg);

__attribute__((format(printf, 2, 3))) static int fail(const struct parsing *p,
						      const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(p->why, p->room, format, args);
	va_end(args);
	return -EINVAL;
}

static int set_mode(struct parsing *p, const char *name, const char *arg)
{
	enum xdp_mode mode = mode_from_name(arg ? arg : name);

	if (mode == MODE_NONE)
		return fail(p, "\"%s\" is no mode: hw, driver, generic or tc",
			    arg);
	if (p->given & GIVEN_MODE && p->out->mode != mode)
		return fail(p, "--%s and --%s exclude each other",
			    mode_name(p->out->mode), mode_name(mode));
	p->given |= GIVEN_MODE;
	p->out->mode = mode;
	return 0;
}

static int set_command(struct parsing *p, const char *name,
		       enum command command)
{
	if (p->out->command == COMMAND_HELP ||
	    p->out->command == COMMAND_VERSION)
		return 0;
	if (p->given & GIVEN_COMMAND && p->out->command != command)
		return fail(p, "--%s and --%s exclude each other", p->command,
			    name);
	p->given |= GIVEN_COMMAND;
	p->command = name;
	p->out->command = command;
	return 0;
}

static int set_status(struct parsing *p, const char *name, const char *arg)
{
	(void)arg;
	return set_command(p, name, COMMAND_STATUS);
}

static int set_off(struct parsing *p, const char *name, const char *arg)
{
	(void)arg;
	return set_command(p, name, COMMAND_OFF);
}

static int set_help(struct parsing *p, const char *name, const char *arg)
{
	(void)name;
	(void)arg;
	p->out->command = COMMAND_HELP;
	return 0;
}

static int set_version(struct parsing *p, const char *name, const char *arg)
{
	(void)name;
	(void)arg;
	p->out->command = COMMAND_VERSION;
	return 0;
}

static int set_stats(struct parsing *p, const char *name, const char *arg)
{
	unsigned long seconds = 0;
	char *end;

	if (arg) {
		errno = 0;
		seconds = strtoul(arg, &end, 10);
		if (errno || *end || *arg < '0' || *arg > '9' || !seconds ||
		    seconds > INT_MAX / 1000)
			return fail(p,
				    "--%s=%s: not a number of "
				    "seconds",
				    name, arg);
	}
	p->out->interval = seconds;
	return set_command(p, name, COMMAND_STATS);
}

static int set_answer(struct parsing *p, const char *name, const char *arg)
{
	(void)name;
	p->given |= GIVEN_RESPONDER;
	targets_free(&p->out->targets);
	p->out->automatic = !strcmp(arg, "auto");
	if (p->out->automatic)
		return 0;
	return targets_parse(arg, &p->out->targets, p->why, p->room);
}

/* A name may follow the last colon, unless the whole is a file. */
static int set_program(struct parsing *p, const char *name, const char *arg)
{
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
		return fail(p, "--%s=%s: FILE or FILE:NAME is needed", name,
			    arg);
	return 0;
}

#define SETTER(field, bits)                                         \
	static int set_##field(struct parsing *p, const char *name, \
			       const char *arg)                     \
	{                                                           \
		(void)name;                                         \
		(void)arg;                                          \
		p->out->field = true;                               \
		p->given |= bits;                                   \
		return 0;                                           \
	}
SETTER(only, 0)
SETTER(drop, GIVEN_RESPONDER)
SETTER(replace, 0)
SETTER(trace, GIVEN_RESPONDER)
SETTER(restricted, 0)
SETTER(json, 0)
SETTER(verbose, 0)

/* Rows without help are other names of the one before. */
static const struct row {
	const char *name;
	char letter;
	int has_arg;
	set_fn *set;
	unsigned int with; /* commands */
	const char *arg;
	const char *help;
} rows[] = {
	{ "hw", 0, 0, set_mode, LOAD, "",
	  "try the card first, then driver and generic mode (default)" },
	{ "offload", 0, 0, set_mode, LOAD, "", NULL },
	{ "xdpoffload", 0, 0, set_mode, LOAD, "", NULL },
	{ "driver", 0, 0, set_mode, LOAD, "",
	  "try the driver first, then generic mode" },
	{ "drv", 0, 0, set_mode, LOAD, "", NULL },
	{ "native", 0, 0, set_mode, LOAD, "", NULL },
	{ "xdpdrv", 0, 0, set_mode, LOAD, "", NULL },
	{ "generic", 0, 0, set_mode, LOAD, "", "generic mode" },
	{ "skb", 0, 0, set_mode, LOAD, "", NULL },
	{ "xdpgeneric", 0, 0, set_mode, LOAD, "", NULL },
	{ "tc", 0, 0, set_mode, LOAD, "",
	  "no XDP: a tc filter on the ingress side" },
	{ "mode", 'm', 1, set_mode, LOAD, "=MODE", "one of these by name" },
	{ "only", 0, 0, set_only, LOAD, "", "do not fall back" },
	{ "answer", 'a', 1, set_answer, LOAD, "=auto|any|ADDR[,ADDR...]",
	  "addresses to answer for; auto: those of IFACE and of what is "
	  "stacked on it" },
	{ "drop", 0, 0, set_drop, LOAD, "",
	  "drop their echo requests instead of answering" },
	{ "replace", 0, 0, set_replace, LOAD | OFF, "",
	  "another's program may be replaced, or taken off, too" },
	{ "trace", 0, 0, set_trace, LOAD, "",
	  "print each echo request until interrupted" },
	{ "program", 0, 1, set_program, LOAD, "=FILE[:NAME]",
	  "load this XDP program instead of the responder" },
	{ "restricted", 0, 0, set_restricted, LOAD, "",
	  "the card's variant in every mode" },
	{ "status", 0, 0, set_status, STATUS, "", "show what is attached" },
	{ "stats", 0, 2, set_stats, STATS, "[=SECONDS]",
	  "show the counters; every SECONDS, with rates" },
	{ "off", 0, 0, set_off, OFF, "", "detach the responder" },
	{ "json", 'j', 0, set_json, ALL, "", "JSON on standard output" },
	{ "verbose", 'v', 0, set_verbose, LOAD, "", "libbpf's messages, too" },
	{ "help", 'h', 0, set_help, ALL, "", "this" },
	{ "version", 'V', 0, set_version, ALL, "", "the version" },
};

void options_help(FILE *to)
{
	fputs("Usage: offload-load IFACE... [OPTION]...\n"
	      "Answer pings in the best mode that each IFACE has.\n\n",
	      to);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char left[48], letter[8] = "";

		if (!rows[i].help)
			continue;
		if (rows[i].letter)
			snprintf(letter, sizeof(letter), "-%c, ",
				 rows[i].letter);
		snprintf(left, sizeof(left), "%4s--%s%s", letter, rows[i].name,
			 rows[i].arg);
		fprintf(to, "  %-*s%s%s\n", 22, left,
			strlen(left) >= 22 ? "\n                        " : "",
			rows[i].help);
	}
	fputs("\nModes are known by the names that ip, bpftool and xdp-tools "
	      "give them, too.\n"
	      "Exit status: 0 attached, 1 usage, 2 refused, 3 no device or "
	      "permission,\n4 another program is there, 5 not what was asked; "
	      "see offload-load(8).\n",
	      to);
}

/* What getopt returns for the first row: no letter. */
#define ROW_CODE 256

/* getopt's tables, from ours. */
static void make_tables(struct option *longs, char *shorts)
{
	*shorts++ = ':'; /* tell a missing argument from an unknown option */
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		longs[i] = (struct option){
			.name = rows[i].name,
			.has_arg = rows[i].has_arg,
			.val = ROW_CODE + i,
		};
		if (!rows[i].letter)
			continue;
		*shorts++ = rows[i].letter;
		if (rows[i].has_arg)
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

static int check_commands(const struct parsing *p)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (p->seen & 1ULL << i &&
		    !(rows[i].with & 1 << p->out->command))
			return fail(p, "--%s does not go with --%s",
				    rows[i].name, p->command);
	return 0;
}

static int check(struct parsing *p)
{
	const struct options *o = p->out;
	bool program = p->given & GIVEN_PROGRAM;

	if (o->command == COMMAND_HELP || o->command == COMMAND_VERSION)
		return 0;
	if (check_commands(p))
		return -EINVAL;
	if (program && p->given & GIVEN_RESPONDER)
		return fail(p, "--answer, --drop and --trace are for the "
			       "responder and do not go with --program");
	if (program && o->restricted)
		return fail(p, "--program and --restricted exclude each other");
	if (o->mode == MODE_TC && (program || o->restricted))
		return fail(p, "--%s is XDP and does not go with --tc",
			    program ? "program" : "restricted");
	if (!o->count)
		return fail(p, "which interface?");
	for (int i = 0; i < o->count; i++)
		if (!*o->ifnames[i])
			return fail(p, "the name of an interface is empty");
	return 0;
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
	p->seen |= 1ULL << (row - rows);
	return row->set(p, row->name, optarg);
}

int options_parse(int argc, char **argv, struct options *out, char *why,
		  size_t room)
{
	struct parsing p = { .out = out, .why = why, .room = room };
	struct option longs[ARRAY_SIZE(rows) + 1] = {};
	char shorts[2 * ARRAY_SIZE(rows) + 2];
	int code, err = 0;

	memset(out, 0, sizeof(*out));
	out->automatic = true;
	make_tables(longs, shorts);
	opterr = 0;
	optind = 0; /* start afresh, also when called again */
	while (!err &&
	       (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1)
		err = parse_one(&p, code, argv[optind - 1]);
	out->ifnames = argv + optind;
	out->count = argc - optind;
	return err ?: check(&p);
}

void options_free(struct options *options)
{
	targets_free(&options->targets);
	free(options->program);
	memset(options, 0, sizeof(*options));
}
