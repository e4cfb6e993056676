/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include <jansson.h>

#include "array.h"
#include "card/stats.h"

static struct stats counted(void)
{
	struct stats stats;

	memset(&stats, 0xff, sizeof(stats));
	stats_clear(&stats);
	stats_count(&stats, PROGRAM_TX, 60,
		    &(struct program_cost){ 100, 7, 1 });
	stats_count(&stats, PROGRAM_TX, 1500,
		    &(struct program_cost){ 50, 7, 2 });
	stats_count(&stats, PROGRAM_TX, 40,
		    &(struct program_cost){ 150, 7, 3 });
	stats_count(&stats, PROGRAM_ABORTED, 1,
		    &(struct program_cost){ 0, 0, 0 });
	stats.filtered = 4;
	stats.no_room = 5;
	return stats;
}

static void each_verdict_has_its_range(void **state)
{
	struct stats stats = counted();
	const struct stats_row *tx = &stats.verdict[PROGRAM_TX];

	(void)state;
	assert_int_equal(tx->frames, 3);
	assert_int_equal(tx->bytes, 1600);
	assert_int_equal(tx->instructions.min, 50);
	assert_int_equal(tx->instructions.max, 150);
	assert_int_equal(tx->instructions.sum, 300);
	assert_int_equal(tx->commands.min, 7);
	assert_int_equal(tx->calls.max, 3);
	assert_int_equal(stats.verdict[PROGRAM_PASS].frames, 0);
	assert_int_equal(stats.verdict[PROGRAM_ABORTED].frames, 1);
}

static json_t *as_json(const struct stats *stats, const char *stopped)
{
	char text[4096] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");
	json_t *json;

	stats_print_json(stats, 1, stopped, out);
	fclose(out);
	assert_null(strchr(text, '\n'));
	json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(json);
	return json;
}

static void json_says_the_same(void **state)
{
	struct stats stats = counted();
	json_t *json = as_json(&stats, "a \"b\"\n\\c");
	int port, filtered, no_room, frames, bytes, min, max, commands, calls;
	double mean;
	const char *stopped;

	(void)state;
	assert_int_equal(
		json_unpack(json,
			    "{s:i,s:i,s:i,s:s,s:{s:{s:i,s:i,s:{s:i,s:F,s:i},"
			    "s:{s:i},s:{s:i}}}}",
			    "port", &port, "filtered", &filtered, "no_room",
			    &no_room, "stopped", &stopped, "verdicts", "tx",
			    "frames", &frames, "bytes", &bytes, "instructions",
			    "min", &min, "mean", &mean, "max", &max,
			    "memory_commands", "min", &commands,
			    "routine_calls", "max", &calls),
		0);
	assert_int_equal(port, 1);
	assert_int_equal(filtered, 4);
	assert_int_equal(no_room, 5);
	assert_string_equal(stopped, "a \"b\"\n\\c");
	assert_int_equal(frames, 3);
	assert_int_equal(bytes, 1600);
	assert_int_equal(min, 50);
	assert_int_equal(max, 150);
	assert_true(mean > 99.9 && mean < 100.1);
	assert_int_equal(commands, 7);
	assert_int_equal(calls, 3);
	json_decref(json);
}

static void what_was_not_seen_is_null(void **state)
{
	struct stats stats = counted();
	json_t *json = as_json(&stats, ""), *pass, *range;
	const char *key;

	(void)state;
	assert_true(json_is_null(json_object_get(json, "stopped")));
	pass = json_object_get(json_object_get(json, "verdicts"), "pass");
	assert_int_equal(json_integer_value(json_object_get(pass, "frames")),
			 0);
	json_object_foreach(pass, key, range) {
		if (!json_is_object(range))
			continue;
		print_message("%s\n", key);
		assert_int_equal(json_object_size(range), 3);
		assert_true(json_is_null(json_object_get(range, "min")));
		assert_true(json_is_null(json_object_get(range, "mean")));
		assert_true(json_is_null(json_object_get(range, "max")));
	}
	json_decref(json);
}

static void people_see_a_line_for_each_verdict(void **state)
{
	static const char *const want[] = { "port 1",
					    "pass ",
					    "drop ",
					    "tx ",
					    "aborted",
					    "50/100.0/150",
					    "filtered 4, no room 5\n",
					    "stopped: why\n" };
	struct stats stats = counted();
	char text[4096] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	(void)state;
	stats_print(&stats, 1, "why", out);
	fclose(out);
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		print_message("%s\n", want[i]);
		assert_non_null(strstr(text, want[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_verdict_has_its_range),
		cmocka_unit_test(json_says_the_same),
		cmocka_unit_test(what_was_not_seen_is_null),
		cmocka_unit_test(people_see_a_line_for_each_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
