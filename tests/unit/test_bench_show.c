/* SPDX-License-Identifier: GPL-2.0-only */
/* What offload-bench says of rows, as a table and as JSON. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "bench/show.h"
#include "bound.h"

/* One row that is measured, one unfinished, one not come to. */
static struct bench_row rows[3];
static const struct bench_options options = {
	.modes = { { BENCH_DRIVER, BENCH_GENERIC, BENCH_TC }, 3 },
	.repeat = 2,
	.seconds = 0.1,
};
static const struct bench_machine machine = { .kernel = "6.1", .cpus = 2 };

static struct bench_row row_of(enum bench_mode mode, unsigned int repeats)
{
	return (struct bench_row){
		.mode = mode,
		.cell = { 64, 1 },
		.placed = MODE_NONE,
		.sender = "live",
		.repeats = repeats,
		.sent_per_s = { 4e6, 4e6 },
		.right_per_s = { 1e6, 3e6 },
		.seconds = 0.1 * repeats,
		.counted = 1e5,
	};
}

static struct bench *some(void)
{
	static struct bench b;

	b = (struct bench){
		.options = &options,
		.rows = rows,
		.count = 3,
		.sender = "live",
		.judge = "driver",
		.cpu = 1,
	};
	rows[0] = row_of(BENCH_DRIVER, 2);
	rows[0].verdict = ROW_MEASURED;
	rows[1] = row_of(BENCH_GENERIC, 1);
	rows[2] = row_of(BENCH_TC, 0);
	return &b;
}

static bool table_has(const struct bench *b, const char *text)
{
	char *out = NULL;
	size_t size;
	FILE *to = open_memstream(&out, &size);
	bool has;

	bench_table(to, b, &machine);
	fclose(to);
	has = strstr(out, text);
	if (!has)
		print_message("no \"%s\" in %s", text, out);
	free(out);
	return has;
}

/* A part of the JSON, as text: "rows" of the whole, or "reason" of a row. */
static char *json_part(const struct bench *b, int row, const char *key)
{
	json_t *all = bench_json(b, &machine), *in = all;
	char *text;

	if (row >= 0)
		in = json_array_get(json_object_get(all, "rows"), row);
	text = json_dumps(json_object_get(in, key), JSON_ENCODE_ANY);
	json_decref(all);
	assert_non_null(text);
	return text;
}

static bool json_has(const struct bench *b, int row, const char *key,
		     const char *want)
{
	char *text = json_part(b, row, key);
	bool has = strstr(text, want);

	if (!has)
		print_message("%s is %s, not %s\n", key, text, want);
	free(text);
	return has;
}

static void what_ended_a_run_is_its_last_line(void **state)
{
	struct bench *b = some();

	(void)state;
	assert_true(json_has(b, -1, "ended_early", "null"));
	b->ended_early = true;
	strcpy(b->why, "it was lost");
	assert_true(table_has(b, "\nit was lost: 1 row is unfinished, 1 not "
				 "measured at all\n"));
	assert_true(json_has(b, -1, "ended_early", "\"it was lost\""));
	assert_true(json_has(b, 0, "reason", "null"));
	assert_true(json_has(b, 2, "reason", "\"it was lost\""));
}

/* Rates of an emulated card's machine are no rates of a card. */
static void it_is_told_where_all_may_be_simulated(void **state)
{
	struct bench *b = some();

	(void)state;
	assert_true(json_has(b, -1, "emulated", "false"));
	b->emulated.is = 1;
	assert_true(table_has(b, "What follows is of a simulated card"));
	assert_true(json_has(b, -1, "emulated", "true"));
	b->emulated.is = -ENODEV;
	assert_true(table_has(b, "What follows may be of a simulated card"));
	assert_true(json_has(b, -1, "emulated", "null"));
}

static void a_bound_comes_with_what_it_assumes(void **state)
{
	struct bench *b = some();

	(void)state;
	b->emulated.is = 1;
	strcpy(b->emulated.board.id, "AMDA0096-0001");
	rows[0].card = (struct bench_card){ true, 164, 14, 100 };
	assert_true(json_has(b, 0, "emulated_card", bound_assumptions[0]));
	assert_true(
		json_has(b, 0, "emulated_card", profile_rate_published.source));
	assert_true(table_has(b, "193.0 Mpps on Agilio CX 2x10GbE"));
	assert_true(table_has(b, bound_assumptions[0]));
	/* One of another length has another wire beside it. */
	rows[1] = rows[0];
	rows[1].cell.size = 1500;
	assert_true(table_has(b, "Mpps of 64 bytes"));
	assert_true(table_has(b, "Mpps of 1500 bytes"));
}

static void what_could_not_be_had_is_told(void **state)
{
	struct bench *b = some();

	(void)state;
	strcpy(rows[0].program_why, "BPF_ENABLE_STATS: no");
	assert_true(table_has(b, "driver, 64 bytes, 1 target: the program's "
				 "time is not known: BPF_ENABLE_STATS: no\n"));
	assert_true(json_has(b, 0, "program_reason", "BPF_ENABLE_STATS: no"));
	rows[0].low = (struct bench_times){
		.repeats = 1,
		.asked_per_s = 10000,
		.sent_per_s = { 8000 },
		.sent = 800,
	};
	assert_true(table_has(b, " 8000s "));
	assert_true(table_has(b, "\ns: the sender is the limit"));
	assert_true(
		json_has(b, 0, "round_trip_at_low_rate", "\"p99_9_ns\": null"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_ended_a_run_is_its_last_line),
		cmocka_unit_test(it_is_told_where_all_may_be_simulated),
		cmocka_unit_test(a_bound_comes_with_what_it_assumes),
		cmocka_unit_test(what_could_not_be_had_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
