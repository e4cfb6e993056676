/* SPDX-License-Identifier: GPL-2.0-only */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "array.h"
#include "lab_options.h"

/* A guest that is not up by then hangs. */
#define BOOT_S 60

static int set_kernel(struct args *args, const char *name, const char *arg)
{
	struct lab_options *o = args->out;

	if (!*arg)
		return args_fail(args, "--%s: a version is needed", name);
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

static int set_wire(struct args *args, const char *name, const char *arg)
{
	struct lab_options *o = args->out;

	if (o->wire_count == CARD_PORTS_MAX)
		return args_fail(args, "--%s %s: a card has at most %d ports",
				 name, arg, CARD_PORTS_MAX);
	if (!is_name(arg, IFNAMSIZ))
		return args_fail(args,
				 "--%s %s: a name of 1 to %d letters, digits, "
				 "'.', '_' and '-' is needed",
				 name, arg, IFNAMSIZ - 1);
	if (o->wire_count && !strcmp(o->wires[0], arg))
		return args_fail(args, "--%s %s: both wires have this name",
				 name, arg);
	o->wires[o->wire_count++] = arg;
	return 0;
}

static int set_netns(struct args *args, const char *name, const char *arg)
{
	struct lab_options *o = args->out;

	if (!is_name(arg, NAME_MAX))
		return args_fail(args, "--%s %s: not a namespace's name", name,
				 arg);
	o->netns = arg;
	return 0;
}

static int set_firmware(struct args *args, const char *name, const char *arg)
{
	struct lab_options *o = args->out;

	(void)name;
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

static int set_property(struct args *args, const char *name, const char *arg)
{
	struct lab_options *o = args->out;

	if (strpbrk(arg, ";\n"))
		return args_fail(args, "--%s %s: one property at a time", name,
				 arg);
	return add_assignment(o, arg, "");
}

static int set_timeout(struct args *args, const char *name, const char *arg)
{
	struct lab_options *o = args->out;
	unsigned long seconds;

	if (args_number(args, name, arg, 1, INT_MAX / 1000,
			"a number of seconds", &seconds))
		return -EINVAL;
	o->timeout_s = seconds;
	return 0;
}

/* How long a start may take is the host's matter, not the command line's. */
static int set_boot(struct lab_options *o, struct lab_why *why)
{
	static const char name[] = "OFFLOAD_LAB_BOOT_SECONDS";
	const char *value = getenv(name);
	unsigned long seconds = BOOT_S;

	if (value && *value &&
	    !args_is_number(value, 1, INT_MAX / 1000, &seconds))
		return lab_fail(why, "%s=%s: not a number of seconds", name,
				value);
	o->boot_s = seconds;
	return 0;
}

#define SETTER(name, change) \
	ARGS_SETTER(set_##name, struct lab_options, o, o->change)
SETTER(cable, cable = true)
SETTER(tty, tty = true)
SETTER(verbose, verbose = true)
SETTER(quiet, quiet = true)
SETTER(list, task = LAB_LIST)
SETTER(help, task = LAB_HELP)
SETTER(version, task = LAB_VERSION)

static const struct args_row rows[] = {
	{ "kernel", 'k', set_kernel, " VERSION",
	  "boot this one, or the first that begins so (the oldest)", 0 },
	{ "wire", 'w', set_wire, " TAP",
	  "name of a wire's other end (wire0, wire1)", 0 },
	{ "netns", 'n', set_netns, " NAME",
	  "put it into this namespace (one of the lab's own)", 0 },
	{ "cable", 'c', set_cable, "",
	  "join the two ports of the card to each other instead", 0 },
	{ "firmware", 'f', set_firmware, " PROFILE", "what the card runs", 0 },
	{ "set", 's', set_property, " PROPERTY=VALUE",
	  "change one property of the card", 0 },
	{ "timeout", 0, set_timeout, " SECONDS", "end the lab after them", 0 },
	{ "tty", 't', set_tty, "", "give COMMAND a terminal", 0 },
	{ "verbose", 'v', set_verbose, "", "show the guest's console, too", 0 },
	{ "quiet", 'q', set_quiet, "", "do not tell where the wires end", 0 },
	{ "list", 'l', set_list, "",
	  "show kernels, firmware profiles and properties", 0 },
	{ "help", 'h', set_help, "", "this", 0 },
	{ "version", 'V', set_version, "", "the version", 0 },
};

void lab_options_help(FILE *to)
{
	fputs("Usage: offload-lab [OPTION]... [--] [COMMAND [ARGUMENT]...]\n"
	      "Boot a Debian kernel with an emulated Agilio card and run "
	      "COMMAND there.\n\n",
	      to);
	args_help(to, rows, ARRAY_SIZE(rows));
	fputs("\nWithout COMMAND there is a shell. Exit status: COMMAND's; 124 "
	      "the guest\npanicked, hung or ran out of time, 125 the lab "
	      "failed; see offload-lab(8).\n",
	      to);
}

/* The firmware comes first, because it sets all properties anew. */
static int put_implied_first(struct lab_options *o)
{
	char *rest = o->sets;
	int err = 0;

	o->sets = NULL;
	if (o->firmware)
		err = add_assignment(o, "firmware=", o->firmware);
	if (!err && o->cable)
		err = add_assignment(o, "ports=2", "");
	if (!err && rest)
		err = add_assignment(o, rest, "");
	free(rest);
	return err;
}

static int check_card(struct lab_options *o, struct lab_why *why)
{
	int err = put_implied_first(o);

	card_config_init(&o->config);
	if (!err && o->sets)
		err = card_config_set_all(&o->config, o->sets, why->text,
					  sizeof(why->text));
	if (!err && o->wire_count > o->config.ports)
		err = lab_fail(why,
			       "--wire %s: the card has one port; --set "
			       "ports=2 gives it another",
			       o->wires[1]);
	if (!err && o->cable && o->config.ports < 2)
		err = lab_fail(why, "--cable needs two ports, not --set "
				    "ports=1");
	return err;
}

int lab_options_parse(int argc, char **argv, struct lab_options *out,
		      struct lab_why *why)
{
	struct args args = ARGS(rows, out, why->text, sizeof(why->text));
	int first, err;

	memset(out, 0, sizeof(*out));
	args.ordered = true;
	first = args_parse(&args, argc, argv);
	if (first < 0)
		return first;
	out->command = argv + first;
	if (out->task != LAB_RUN)
		return 0;
	if (*out->command && !**out->command)
		return lab_fail(why, "the command's name is empty");
	if (out->cable && (out->wire_count || out->netns))
		return lab_fail(why, "--cable joins the ports to each other: "
				     "it goes without --wire and --netns");
	err = set_boot(out, why);
	return err ?: check_card(out, why);
}

void lab_options_free(struct lab_options *options)
{
	free(options->sets);
	options->sets = NULL;
}
