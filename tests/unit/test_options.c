/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "options.h"

#define ARGS_MAX 8

/* Split @line at its spaces, and parse it. */
struct parsed {
	char line[128];
	char *argv[ARGS_MAX + 1];
	struct options o;
	char why[256];
	int err;
};

static void parse(struct parsed *p, const char *line)
{
	char *rest = p->line, *word;
	int argc = 0;

	memset(p, 0, sizeof(*p));
	snprintf(p->line, sizeof(p->line), "offload-load %s", line);
	while ((word = strsep(&rest, " ")) && argc < ARGS_MAX)
		if (*word)
			p->argv[argc++] = word;
	p->err = options_parse(argc, p->argv, &p->o, p->why, sizeof(p->why));
}

/* Of a command line that is right: what it sets. */
/* clang-format off */
static const struct {
	const char *line;
	struct options want; /* but for names and targets */
	size_t targets;
} right[] = {
#define AUTO .automatic = true
	{ "eth0",		{ .mode = MODE_HW, AUTO }, 0 },
	{ "eth0 --hw",		{ .mode = MODE_HW, AUTO }, 0 },
	{ "--hw eth0",		{ .mode = MODE_HW, AUTO }, 0 },
	{ "eth0 --offload",	{ .mode = MODE_HW, AUTO }, 0 },
	{ "eth0 --xdpoffload",	{ .mode = MODE_HW, AUTO }, 0 },
	{ "eth0 --driver",	{ .mode = MODE_DRIVER, AUTO }, 0 },
	{ "eth0 --drv",		{ .mode = MODE_DRIVER, AUTO }, 0 },
	{ "eth0 --native",	{ .mode = MODE_DRIVER, AUTO }, 0 },
	{ "eth0 --xdpdrv",	{ .mode = MODE_DRIVER, AUTO }, 0 },
	{ "eth0 --generic",	{ .mode = MODE_GENERIC, AUTO }, 0 },
	{ "eth0 --skb",		{ .mode = MODE_GENERIC, AUTO }, 0 },
	{ "eth0 --xdpgeneric",	{ .mode = MODE_GENERIC, AUTO }, 0 },
	{ "eth0 --tc",		{ .mode = MODE_TC, AUTO }, 0 },
	{ "eth0 -m native",	{ .mode = MODE_DRIVER, AUTO }, 0 },
	{ "eth0 --mode=tc",	{ .mode = MODE_TC, AUTO }, 0 },
	{ "eth0 --drv --native", { .mode = MODE_DRIVER, AUTO }, 0 },
	{ "eth0 --only",	{ .only = true, AUTO }, 0 },
	{ "eth0 --answer auto",	{ AUTO }, 0 },
	{ "eth0 --answer any",	{ .automatic = false }, 1 },
	{ "eth0 --answer=192.0.2.1,2001:db8::1", { .automatic = false }, 2 },
	{ "eth0 -a 192.0.2.1,192.0.2.1", { .automatic = false }, 1 },
	{ "eth0 --drop",	{ .drop = true, AUTO }, 0 },
	{ "eth0 --replace",	{ .replace = true, AUTO }, 0 },
	{ "eth0 --trace",	{ .trace = true, AUTO }, 0 },
	{ "eth0 --restricted",	{ .restricted = true, AUTO }, 0 },
	{ "eth0 -j -v",		{ .json = true, .verbose = true, AUTO }, 0 },
	{ "eth0 --json --verbose", { .json = true, .verbose = true, AUTO }, 0 },
	{ "eth0 --status",	{ .command = COMMAND_STATUS, AUTO }, 0 },
	{ "eth0 --stats",	{ .command = COMMAND_STATS, AUTO }, 0 },
	{ "eth0 --stats=5",
	  { .command = COMMAND_STATS, .interval = 5, AUTO }, 0 },
	{ "eth0 --off",		{ .command = COMMAND_OFF, AUTO }, 0 },
	{ "eth0 --off --replace",
	  { .command = COMMAND_OFF, .replace = true, AUTO }, 0 },
	{ "--help",		{ .command = COMMAND_HELP, AUTO }, 0 },
	{ "eth0 --off -V",	{ .command = COMMAND_VERSION, AUTO }, 0 },
#undef AUTO
};
/* clang-format on */

static void reads_every_option(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(right); i++) {
		const struct options *want = &right[i].want;
		struct parsed p;

		print_message("# %s\n", right[i].line);
		parse(&p, right[i].line);
		assert_int_equal(p.err, 0);
		assert_int_equal(p.o.command, want->command);
		assert_int_equal(p.o.mode, want->mode);
		assert_int_equal(p.o.only, want->only);
		assert_int_equal(p.o.automatic, want->automatic);
		assert_int_equal(p.o.drop, want->drop);
		assert_int_equal(p.o.replace, want->replace);
		assert_int_equal(p.o.trace, want->trace);
		assert_int_equal(p.o.restricted, want->restricted);
		assert_int_equal(p.o.json, want->json);
		assert_int_equal(p.o.verbose, want->verbose);
		assert_int_equal(p.o.interval, want->interval);
		assert_int_equal(p.o.targets.count, right[i].targets);
		options_free(&p.o);
	}
}

/* Of one that is wrong: a part of what is said. */
static const struct {
	const char *line;
	const char *why;
} wrong[] = {
	{ "", "which interface" },
	{ "--hw", "which interface" },
	{ "eth0 --bad", "unknown or ambiguous option --bad" },
	{ "eth0 --st", "ambiguous option --st" },
	{ "eth0 -x", "unknown option -x" },
	{ "-weird --status eth0", "unknown option -w" },
	{ "eth0 --program=", "FILE or FILE:NAME is needed" },
	{ "eth0 --program=x.o:", "FILE or FILE:NAME is needed" },
	{ "eth0 --drop=1", "--drop takes no value" },
	{ "eth0 --answer", "needs a value" },
	{ "eth0 --program", "needs a value" },
	{ "eth0 --mode", "needs a value" },
	{ "eth0 --mode=fast", "\"fast\" is no mode" },
	{ "eth0 --hw --driver", "--hw and --driver exclude" },
	{ "eth0 --tc --generic", "--tc and --generic exclude" },
	{ "eth0 --status --off", "--status and --off exclude" },
	{ "eth0 --stats --status", "--stats and --status exclude" },
	{ "eth0 --off --hw", "--hw does not go with --off" },
	{ "eth0 --status --answer any", "--answer does not go with --status" },
	{ "eth0 --stats --trace", "--trace does not go with --stats" },
	{ "eth0 --status --replace", "--replace does not go with --status" },
	{ "eth0 --stats=0", "not a number of seconds" },
	{ "eth0 --stats=-1", "not a number of seconds" },
	{ "eth0 --stats=1x", "not a number of seconds" },
	{ "eth0 --stats=99999999999", "not a number of seconds" },
	{ "eth0 --answer 1.2.3", "\"1.2.3\" is not an IPv4 or IPv6 address" },
	{ "eth0 --answer 192.0.2.1,", "\"\" is not" },
	{ "eth0 --answer host", "\"host\" is not" },
	{ "eth0 --answer 192.0.2.1,any", "\"any\" is not" },
	{ "eth0 --answer 0.0.0.0", "unspecified" },
	{ "eth0 --answer 0.1.2.3", "unspecified" },
	{ "eth0 --answer 127.0.0.1", "loopback" },
	{ "eth0 --answer 224.0.0.1", "multicast" },
	{ "eth0 --answer 239.255.255.255", "multicast" },
	{ "eth0 --answer 240.0.0.1", "reserved" },
	{ "eth0 --answer 255.255.255.255", "broadcast" },
	{ "eth0 --answer ::", "unspecified" },
	{ "eth0 --answer ::1", "loopback" },
	{ "eth0 --answer ff02::1", "multicast" },
	{ "eth0 --answer ::ffff:127.0.0.1", "loopback" },
	{ "eth0 --program x.o --answer any", "do not go with --program" },
	{ "eth0 --program x.o --drop", "do not go with --program" },
	{ "eth0 --program x.o --trace", "do not go with --program" },
	{ "eth0 --program x.o --restricted", "exclude each other" },
	{ "eth0 --program x.o --tc", "does not go with --tc" },
	{ "eth0 --restricted --tc", "does not go with --tc" },
};

static void refuses_with_a_sentence(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct parsed p;

		parse(&p, wrong[i].line);
		print_message("# %s: %s\n", wrong[i].line, p.why);
		assert_int_equal(p.err, -EINVAL);
		assert_non_null(strstr(p.why, wrong[i].why));
		assert_null(strchr(p.why, '\n'));
		options_free(&p.o);
	}
}

static void takes_several_interfaces(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "eth0 --off eth1 eth2");
	assert_int_equal(p.err, 0);
	assert_int_equal(p.o.count, 3);
	assert_string_equal(p.o.ifnames[0], "eth0");
	assert_string_equal(p.o.ifnames[2], "eth2");
	options_free(&p.o);
}

static void splits_a_program_at_its_last_colon(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "eth0 --program a:b.o:xdp_main");
	assert_string_equal(p.o.program, "a:b.o");
	assert_string_equal(p.o.program_name, "xdp_main");
	options_free(&p.o);
	parse(&p, "eth0 --program a.o");
	assert_string_equal(p.o.program, "a.o");
	assert_null(p.o.program_name);
	options_free(&p.o);
}

static void helps_with_every_option(void **state)
{
	static const char *const options[] = {
		"--hw",	     "--driver",     "--generic", "--tc",
		"--only",    "--answer",     "--drop",	  "--replace",
		"--trace",   "--program",    "--status",  "--stats",
		"--off",     "--restricted", "--json",	  "--verbose",
		"--version", "--help",	     "--mode",
	};
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	(void)state;
	options_help(to);
	fclose(to);
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		assert_non_null(strstr(text, options[i]));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_option),
		cmocka_unit_test(refuses_with_a_sentence),
		cmocka_unit_test(takes_several_interfaces),
		cmocka_unit_test(splits_a_program_at_its_last_colon),
		cmocka_unit_test(helps_with_every_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
