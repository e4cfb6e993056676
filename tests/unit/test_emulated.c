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
#include "board.h"
#include "card/stats.h"
#include "emulated.h"

/* What the card would say of two ports, the second of which has counted. */
static char *card_says(const struct stats *second)
{
	struct stats first = {};
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	fputs("{\"ports\":[", to);
	stats_print_json(&first, 0, "", to);
	fputc(',', to);
	stats_print_json(second, 1, "", to);
	fputs("],\"events_lost\":0}\n", to);
	fclose(to);
	return text;
}

static void reads_what_the_card_counts_of_each_verdict(void **state)
{
	static const struct program_cost costs[] = {
		{ .instructions = 164, .commands = 14, .calls = 2 },
		{ .instructions = 194, .commands = 20, .calls = 1 },
	};
	struct emulated_counts counts;
	struct stats stats = {};
	char *text;

	(void)state;
	for (int verdict = 0; verdict < PROGRAM_VERDICTS; verdict++)
		for (int n = 0; n <= verdict; n++)
			stats_count(&stats, verdict, 100, &costs[n % 2]);
	text = card_says(&stats);
	assert_int_equal(emulated_parse(text, 0, &counts), 0);
	assert_int_equal(counts.cost[EMULATED_TX].frames, 0);
	assert_int_equal(counts.cost[EMULATED_TX].instructions.max, 0);
	assert_int_equal(emulated_parse(text, 1, &counts), 0);
	assert_int_equal(counts.cost[EMULATED_PASS].frames, 1);
	assert_int_equal(counts.cost[EMULATED_DROP].frames, 2);
	assert_int_equal(counts.cost[EMULATED_TX].frames, 3);
	assert_int_equal(counts.cost[EMULATED_ABORTED].frames, 4);
	assert_int_equal(counts.cost[EMULATED_TX].bytes, 300);
	assert_int_equal(counts.cost[EMULATED_TX].instructions.min, 164);
	assert_int_equal(counts.cost[EMULATED_TX].instructions.max, 194);
	assert_float_equal(counts.cost[EMULATED_TX].instructions.mean, 174,
			   0.01);
	assert_int_equal(counts.cost[EMULATED_TX].commands.max, 20);
	assert_int_equal(counts.cost[EMULATED_TX].calls.min, 1);
	assert_int_equal(emulated_parse(text, 2, &counts), -EPROTO);
	free(text);
}

/* Whatever is missing at its end or in its middle, it is told. */
static void refuses_what_is_not_the_cards_answer(void **state)
{
	struct emulated_counts counts, before;
	struct stats stats = {};
	char *text = card_says(&stats);
	size_t len = strlen(text) - 1;
	char *at;

	(void)state;
	memset(&counts, 7, sizeof(counts));
	before = counts;
	assert_int_equal(emulated_parse("", 0, &counts), -EPROTO);
	assert_int_equal(emulated_parse("{}", 0, &counts), -EPROTO);
	assert_int_equal(emulated_parse("[1]", 0, &counts), -EPROTO);
	at = strstr(text, "\"tx\"");
	at[1] = 'x';
	assert_int_equal(emulated_parse(text, 0, &counts), -EPROTO);
	at[1] = 't';
	assert_int_equal(emulated_parse(text, 1, &before), 0);
	for (; len; len--) {
		text[len - 1] = '\0';
		assert_int_equal(emulated_parse(text, 0, &counts), -EPROTO);
	}
	memset(&before, 7, sizeof(before));
	assert_memory_equal(&counts, &before, sizeof(counts));
	free(text);
}

static const struct {
	struct board board;
	bool emulated;
} boards[] = {
	{ { .id = "AMDA0096-0001", .maker = "EMU", .model = "emulated" },
	  true },
	{ { .id = "AMDA0096-0001", .maker = "SMA", .model = "lithium" },
	  false },
	{ { .id = "AMDA0096-0001", .maker = "EMU", .model = "lithium" },
	  false },
	{ { .id = "AMDA0096-0001", .maker = "SMA", .model = "emulated" },
	  false },
	{ { .id = "AMDA0096-0001" }, false },
	{ { .id = "" }, false },
};

static void only_a_board_that_says_so_is_emulated(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(boards); i++)
		assert_int_equal(board_is_emulated(&boards[i].board),
				 boards[i].emulated);
}

/* No permission is needed to see that. */
static void another_drivers_device_is_not_emulated(void **state)
{
	struct emulated_counts counts;
	struct device dev;

	(void)state;
	assert_int_equal(device_read("lo", &dev), 0);
	assert_int_equal(emulated_is(&dev), 0);
	assert_int_equal(emulated_port(&dev), -ENODEV);
	assert_int_equal(emulated_read(0, &counts), -ENOENT);
	assert_int_equal(emulated_clear(), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_the_card_counts_of_each_verdict),
		cmocka_unit_test(refuses_what_is_not_the_cards_answer),
		cmocka_unit_test(only_a_board_that_says_so_is_emulated),
		cmocka_unit_test(another_drivers_device_is_not_emulated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
