/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>

#include "args.h"
#include "check_options.h"
#include "profile.h"

#define ROWS	(sizeof(rows) / sizeof(rows[0]))
#define MTU_MIN 68    /* IPv4's own least */
#define MTU_MAX 65535 /* beyond any that the card takes */

static int set_section(struct args *args, const char *name, const char *arg)
{
	struct check_arguments *out = args->out;

	if (!*arg)
		return args_fail(args, "--%s needs a name", name);
	out->section = arg;
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

static int set_firmware(struct args *args, const char *name, const char *arg)
{
	struct check_arguments *out = args->out;
	char names[128];

	out->options.profile = profile_find(arg);
	if (out->options.profile)
		return 0;
	list_profiles(names, sizeof(names));
	return args_fail(args, "--%s %s: not known; there are: %s", name, arg,
			 names);
}

/* One between two that are known may answer like either: both are asked, and
 * the output says so.
 */
static int set_kernel(struct args *args, const char *name, const char *arg)
{
	struct check_arguments *out = args->out;
	int found = check_kernel_find(arg, &out->options.kernel);

	if (found == -EINVAL)
		return args_fail(args, "--%s %s: not a version like 6.1", name,
				 arg);
	if (found < 0)
		return args_fail(args,
				 "--%s %s: not known; there are: 6.1 and later "
				 "ones, up to 6.12 judged as both",
				 name, arg);
	out->asked_kernel = found ? arg : NULL;
	out->later = CHECK_KERNEL_6_12;
	out->between = found && out->options.kernel != out->later;
	return 0;
}

static int set_mtu(struct args *args, const char *name, const char *arg)
{
	struct check_arguments *out = args->out;
	unsigned long mtu;
	char what[64];

	snprintf(what, sizeof(what), "a number of bytes from %u to %u", MTU_MIN,
		 MTU_MAX);
	if (args_number(args, name, arg, MTU_MIN, MTU_MAX, what, &mtu))
		return -EINVAL;
	out->options.mtu = mtu;
	return 0;
}

ARGS_SETTER(set_json, struct check_arguments, out, out->json = true)
ARGS_SETTER(set_verbose, struct check_arguments, out, out->verbose = true)
ARGS_SETTER(set_help, struct check_arguments, out,
	    out->command = CHECK_COMMAND_HELP)
ARGS_SETTER(set_version, struct check_arguments, out,
	    out->command = CHECK_COMMAND_VERSION)

static const struct args_row rows[] = {
	{ "section", 's', set_section, "=NAME",
	  "only this program, by function or section", 0 },
	{ "firmware", 'f', set_firmware, "=PROFILE", "what the card runs", 0 },
	{ "kernel", 'k', set_kernel, "=VERSION",
	  "6.1 (default) or later; up to 6.12 it is judged as both", 0 },
	{ "mtu", 'm', set_mtu, "=BYTES", "of the interface (default 1500)", 0 },
	{ "json", 'j', set_json, "", "JSON on standard output", 0 },
	{ "verbose", 'v', set_verbose, "",
	  "list the instructions with their cost", 0 },
	{ "help", 'h', set_help, "", "this", 0 },
	{ "version", 'V', set_version, "", "the version", 0 },
};

void check_options_help(FILE *to)
{
	char names[128];

	fputs("Usage: offload-check OBJECT [OPTION]...\n"
	      "Tell whether an Agilio card would take the XDP programs of "
	      "OBJECT.\n\n",
	      to);
	args_help(to, rows, ROWS);
	list_profiles(names, sizeof(names));
	fprintf(to, "\nFirmware: %s; the first is the default.\n", names);
	fputs("Exit status: 0 accepted, 1 refused, 2 usage or unreadable "
	      "object, 3 undecided;\nsee offload-check(1).\n",
	      to);
}

static int check_object(const struct args *args, char **objects, int count)
{
	struct check_arguments *out = args->out;

	if (out->command != CHECK_COMMAND_CHECK)
		return 0;
	if (!count)
		return args_fail(args, "which object?");
	if (count > 1)
		return args_fail(args, "one object at a time, not %s as well",
				 objects[1]);
	if (!*objects[0])
		return args_fail(args, "the name of the object is empty");
	out->object = objects[0];
	return 0;
}

int check_options_parse(int argc, char **argv, struct check_arguments *out,
			char *why, size_t room)
{
	struct args args = ARGS(rows, out, why, room);
	int first;

	memset(out, 0, sizeof(*out));
	out->options.profile = &profile_published;
	out->options.mtu = CHECK_MTU;
	first = args_parse(&args, argc, argv);
	return first < 0 ? first
			 : check_object(&args, argv + first, argc - first);
}
