/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "array.h"
#include "check_options.h"
#include "profile.h"

#define ARGS_MAX 8

struct parsed {
	char line[128];
	char *argv[ARGS_MAX + 1];
	struct check_arguments a;
	char why[256];
	int err;
};

/* Split @line at its spaces, and parse it. */
static void parse(struct parsed *p, const char *line)
{
	char *rest = p->line, *word;
	int argc = 0;

	memset(p, 0, sizeof(*p));
	snprintf(p->line, sizeof(p->line), "offload-check %s", line);
	while ((word = strsep(&rest, " ")) && argc < ARGS_MAX)
		if (*word)
			p->argv[argc++] = word;
	p->err = check_options_parse(argc, p->argv, &p->a, p->why,
				     sizeof(p->why));
}

/* clang-format off */
static const struct {
	const char *line;
	enum check_command command;
	const char *firmware;
	enum check_kernel kernel;
	const char *asked;
	bool between;
	unsigned int mtu;
	const char *section;
	bool json, verbose;
} right[] = {
#define PLAIN CHECK_COMMAND_CHECK, "nic-firmware-2021"
#define K1 CHECK_KERNEL_6_1
#define K12 CHECK_KERNEL_6_12
	{ "a.o",			PLAIN, K1, NULL, 0, 1500, NULL, 0, 0 },
	{ "a.o -j -v",			PLAIN, K1, NULL, 0, 1500, NULL, 1, 1 },
	{ "--json a.o --verbose",	PLAIN, K1, NULL, 0, 1500, NULL, 1, 1 },
	{ "a.o --section xdp",		PLAIN, K1, NULL, 0, 1500, "xdp", 0, 0 },
	{ "-s prog a.o",		PLAIN, K1, NULL, 0, 1500, "prog", 0, 0 },
	{ "a.o --mtu=9000",		PLAIN, K1, NULL, 0, 9000, NULL, 0, 0 },
	{ "a.o --kernel 6.1",		PLAIN, K1, NULL, 0, 1500, NULL, 0, 0 },
	{ "a.o --kernel 6.1.192-2",	PLAIN, K1, NULL, 0, 1500, NULL, 0, 0 },
	{ "a.o -k 6.6",			PLAIN, K1, "6.6", 1, 1500, NULL, 0, 0 },
	{ "a.o -k 6.11.0",		PLAIN, K1, "6.11.0", 1, 1500, NULL, 0, 0 },
	{ "a.o -k 6.12",		PLAIN, K12, NULL, 0, 1500, NULL, 0, 0 },
	{ "a.o -k 6.18",		PLAIN, K12, "6.18", 0, 1500, NULL, 0, 0 },
	{ "a.o -k 7.0",			PLAIN, K12, "7.0", 0, 1500, NULL, 0, 0 },
	{ "a.o --firmware bpf-2.0.6",
	  CHECK_COMMAND_CHECK, "bpf-2.0.6", K1, NULL, 0, 1500, NULL, 0, 0 },
	{ "--help",
	  CHECK_COMMAND_HELP, "nic-firmware-2021", K1, NULL, 0, 1500, NULL, 0, 0 },
	{ "a.o -V", CHECK_COMMAND_VERSION, "nic-firmware-2021", K1, NULL, 0, 1500,
	  NULL, 0, 0 },
};
/* clang-format on */

static void same_text(const char *a, const char *b)
{
	assert_int_equal(!a, !b);
	if (a)
		assert_string_equal(a, b);
}

static void reads_every_option(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(right); i++) {
		struct parsed p;

		print_message("# %s\n", right[i].line);
		parse(&p, right[i].line);
		assert_int_equal(p.err, 0);
		assert_int_equal(p.a.command, right[i].command);
		assert_string_equal(p.a.options.profile->name,
				    right[i].firmware);
		assert_int_equal(p.a.options.kernel, right[i].kernel);
		assert_int_equal(p.a.options.mtu, right[i].mtu);
		same_text(p.a.asked_kernel, right[i].asked);
		assert_int_equal(p.a.between, right[i].between);
		same_text(p.a.section, right[i].section);
		assert_int_equal(p.a.json, right[i].json);
		assert_int_equal(p.a.verbose, right[i].verbose);
	}
}

/* Of one that is wrong: a part of what is said. */
static const struct {
	const char *line;
	const char *why;
} wrong[] = {
	{ "", "which object?" },
	{ "-v", "which object?" },
	{ "a.o b.o", "one object at a time, not b.o" },
	{ "a.o --bad", "unknown or ambiguous option --bad" },
	{ "a.o --ver", "ambiguous option --ver" },
	{ "a.o -x", "unknown option -x" },
	{ "a.o --json=yes", "--json takes no value" },
	{ "a.o --mtu", "--mtu needs a value" },
	{ "a.o --mtu 9k", "--mtu=9k: not a number of bytes" },
	{ "a.o --mtu 67", "from 68 to 65535" },
	{ "a.o --mtu 65536", "from 68 to 65535" },
	{ "a.o --mtu -1", "not a number" },
	{ "a.o --mtu 99999999999999999999", "not a number" },
	{ "a.o --firmware none",
	  "there are: nic-firmware-2021, bpf-2.0.6, nic-2.1" },
	{ "a.o --kernel 5.15", "--kernel 5.15: not known; there are: 6.1" },
	{ "a.o --kernel 6.0", "not known" },
	{ "a.o --kernel six", "not a version like 6.1" },
	{ "a.o --kernel 6", "not a version like 6.1" },
	{ "a.o --kernel 6.1x", "not a version like 6.1" },
	{ "a.o --section=", "--section needs a name" },
	{ "a.o --firmware=", "--firmware : not known" },
	{ "a.o b\nc", "not b?c as well" },
	{ "a.o --firmware=\033[2J", "--firmware ?[2J: not known" },
};

static void says_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct parsed p;

		print_message("# %s\n", wrong[i].line);
		parse(&p, wrong[i].line);
		assert_int_not_equal(p.err, 0);
		assert_non_null(strstr(p.why, wrong[i].why));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_option),
		cmocka_unit_test(says_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
