/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <cmocka.h>

#include "array.h"
#include "bench/plan.h"

#define ARGS_MAX 32

struct parsed {
	char line[256];
	char *argv[ARGS_MAX + 1];
	struct bench_options o;
	char why[256];
	int err;
};

/* Split @line at its spaces, and parse it. */
static void parse(struct parsed *p, const char *line)
{
	char *rest = p->line, *word;
	int argc = 0;

	memset(p, 0, sizeof(*p));
	snprintf(p->line, sizeof(p->line), "offload-bench %s", line);
	while ((word = strsep(&rest, " ")) && argc < ARGS_MAX)
		if (*word)
			p->argv[argc++] = word;
	p->err = bench_options_parse(argc, p->argv, &p->o, p->why,
				     sizeof(p->why));
}

static void has_useful_defaults(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "eth0 --peer eth1");
	assert_int_equal(p.err, 0);
	assert_string_equal(p.o.ifname, "eth0");
	assert_string_equal(p.o.peer, "eth1");
	assert_null(p.o.netns);
	assert_int_equal(p.o.modes.count, BENCH_MODES);
	assert_int_equal(p.o.modes.at[0], BENCH_HW);
	assert_int_equal(p.o.modes.at[5], BENCH_BASELINE);
	assert_int_equal(p.o.sizes.count, 4);
	assert_int_equal(p.o.sizes.at[3], 1500);
	assert_int_equal(p.o.targets.count, 2);
	assert_int_equal(p.o.targets.at[1], 64);
	assert_int_equal(p.o.repeat, 9);
	assert_int_equal(p.o.family, AF_UNSPEC);
	assert_int_equal(p.o.cpu, -1);
}

static void reads_every_option(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "-6 --netns ns -p eth1 --modes native,stack,skb,stack "
		  "--sizes=9000,60 --targets 64 --seconds 1.5 -r 3 --cpu 0 "
		  "--sender live --plot a.svg -jv eth0");
	assert_int_equal(p.err, 0);
	assert_string_equal(p.o.netns, "ns");
	assert_int_equal(p.o.family, AF_INET6);
	assert_int_equal(p.o.modes.count, 3);
	assert_int_equal(p.o.modes.at[0], BENCH_DRIVER);
	assert_int_equal(p.o.modes.at[1], BENCH_STACK);
	assert_int_equal(p.o.modes.at[2], BENCH_GENERIC);
	assert_int_equal(p.o.sizes.at[0], 9000);
	assert_int_equal(p.o.sizes.at[1], 60);
	assert_int_equal(p.o.targets.count, 1);
	assert_true(p.o.seconds == 1.5);
	assert_int_equal(p.o.repeat, 3);
	assert_int_equal(p.o.cpu, 0);
	assert_string_equal(p.o.sender, "live");
	assert_string_equal(p.o.plot, "a.svg");
	assert_true(p.o.json && p.o.verbose);
}

static const struct {
	const char *line;
	const char *why; /* is part of the sentence */
} wrong[] = {
	{ "", "which interface" },
	{ "--peer eth1", "which interface" },
	{ "eth0", "--peer is missing" },
	{ "eth0 --peer", "needs a value" },
	{ "eth0 --peer=", "--peer is empty" },
	{ "eth0 eth2 --peer eth1", "one interface only" },
	{ "eth0 --peer eth1 --modes hw,fast", "\"fast\" is no mode" },
	{ "eth0 --peer eth1 --modes=", "\"\" is no mode" },
	{ "eth0 --peer eth1 --sizes 59", "a number from 60" },
	{ "eth0 --peer eth1 --sizes 64,", "a number from 60" },
	{ "eth0 --peer eth1 --sizes 64,x", "--sizes=x: not a number" },
	{ "eth0 --peer eth1 --sizes 60,61,62,63,64,65,66,67,68,69,70,71,72,73,"
	  "74,75,76",
	  "at most 16 values" },
	{ "eth0 --peer eth1 --targets 0", "a number from 1 to 64" },
	{ "eth0 --peer eth1 --targets 65", "a number from 1 to 64" },
	{ "eth0 --peer eth1 --seconds 0", "seconds from 0.05" },
	{ "eth0 --peer eth1 --seconds nan", "seconds from 0.05" },
	{ "eth0 --peer eth1 --seconds 1s", "seconds from 0.05" },
	{ "eth0 --peer eth1 --repeat 0", "a number from 1 to 100" },
	{ "eth0 --peer eth1 --repeat 101", "a number from 1 to 100" },
	{ "eth0 --peer eth1 --cpu -1", "the number of a CPU" },
	{ "eth0 --peer eth1 --sender pigeon", "not a sender" },
	{ "eth0 --peer eth1 -4 -6", "exclude each other" },
	{ "eth0 --peer eth1 --fast", "unknown or ambiguous" },
};

static void refuses_with_a_sentence(void **state)
{
	struct parsed p;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		print_message("%s\n", wrong[i].line);
		parse(&p, wrong[i].line);
		assert_int_equal(p.err, -EINVAL);
		assert_non_null(strstr(p.why, wrong[i].why));
		assert_null(strchr(p.why, '\n'));
	}
}

static void asks_for_nothing_more_with_help(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "--help");
	assert_int_equal(p.err, 0);
	assert_int_equal(p.o.task, BENCH_HELP);
	parse(&p, "-V eth0");
	assert_int_equal(p.err, 0);
	assert_int_equal(p.o.task, BENCH_VERSION);
}

static void helps_with_every_option(void **state)
{
	static const char *const options[] = {
		"--peer",    "--netns",	 "--modes", "--sizes",	 "--targets",
		"--seconds", "--repeat", "--ipv4",  "--ipv6",	 "--sender",
		"--cpu",     "--plot",	 "--json",  "--verbose", "live",
	};
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	(void)state;
	bench_options_help(to);
	fclose(to);
	for (size_t i = 0; i < ARRAY_SIZE(options); i++)
		assert_non_null(strstr(text, options[i]));
	free(text);
}

static void measures_sizes_and_targets_apart(void **state)
{
	struct bench_cell cell[BENCH_CELLS_MAX];
	struct parsed p;

	(void)state;
	parse(&p, "eth0 --peer eth1 --sizes 64,1500 --targets 2,1,64");
	assert_int_equal(bench_cells(&p.o, cell), 4);
	assert_int_equal(cell[0].size, 64);
	assert_int_equal(cell[0].targets, 2);
	assert_int_equal(cell[1].size, 1500);
	assert_int_equal(cell[1].targets, 2);
	assert_int_equal(cell[2].size, 64);
	assert_int_equal(cell[2].targets, 1);
	assert_int_equal(cell[3].targets, 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_useful_defaults),
		cmocka_unit_test(reads_every_option),
		cmocka_unit_test(refuses_with_a_sentence),
		cmocka_unit_test(asks_for_nothing_more_with_help),
		cmocka_unit_test(helps_with_every_option),
		cmocka_unit_test(measures_sizes_and_targets_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
