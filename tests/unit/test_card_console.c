/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines and replies of the control channel, in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "card/console.h"
#include "card_bench.h"

static struct bench bench;

static void input(struct console *c, const char *text)
{
	console_input(c, text, strlen(text));
}

static size_t waiting(const struct console *c)
{
	size_t len;

	console_output(c, &len);
	return len;
}

static bool ends_with_dot(const struct console *c)
{
	size_t len;
	const char *text = console_output(c, &len);

	return len >= 2 && !memcmp(text + len - 2, ".\n", 2);
}

static void a_line_may_come_in_pieces(void **state)
{
	struct console c = { 0 };

	(void)state;
	bench_up(&bench, "");
	c.card = bench.card;
	input(&c, "set fau");
	assert_int_equal(waiting(&c), 0);
	input(&c, "lt=gone\r");
	assert_int_equal(bench.card->config.fault, CARD_FAULT_NONE);
	input(&c, "\n");
	assert_int_equal(bench.card->config.fault, CARD_FAULT_GONE);
	assert_int_equal(waiting(&c), 2);
	console_clear(&c);
	bench_down(&bench);
}

static void nothing_more_is_read_while_a_reply_waits(void **state)
{
	struct console c = { 0 };

	(void)state;
	bench_up(&bench, "");
	c.card = bench.card;
	assert_int_equal(console_room(&c), CONSOLE_LINE_MAX);
	input(&c, "help\nstats\n");
	assert_true(ends_with_dot(&c));
	while (waiting(&c)) {
		assert_int_equal(console_room(&c), 0);
		console_sent(&c, waiting(&c) > 7 ? 7 : waiting(&c));
	}
	assert_int_equal(console_room(&c), CONSOLE_LINE_MAX);
	bench_down(&bench);
}

static void a_line_that_is_too_long_is_refused_once(void **state)
{
	struct console c = { 0 };
	size_t len;

	(void)state;
	bench_up(&bench, "");
	c.card = bench.card;
	for (int i = 0; i < 3000; i++)
		input(&c, "x");
	input(&c, "\n");
	assert_true(ends_with_dot(&c));
	assert_memory_equal(console_output(&c, &len), "error: ", 7);
	console_sent(&c, waiting(&c));
	input(&c, "set fault=ccm\n");
	assert_int_equal(waiting(&c), 2);
	console_clear(&c);
	bench_down(&bench);
}

static void who_leaves_takes_nothing_along(void **state)
{
	struct console c = { 0 };

	(void)state;
	bench_up(&bench, "");
	c.card = bench.card;
	input(&c, "help\nset fault=");
	console_clear(&c);
	assert_int_equal(waiting(&c), 0);
	input(&c, "set fault=load\n");
	assert_int_equal(bench.card->config.fault, CARD_FAULT_LOAD);
	console_clear(&c);
	bench_down(&bench);
}

/* As it is after two replies that there was no memory for. */
static void a_reply_without_memory_is_an_error(void **state)
{
	static const char want[] = "error: out of memory\n.\n";
	struct console c = { .failed = 2 };
	size_t len;

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(console_room(&c), 0);
		assert_int_equal(waiting(&c), strlen(want));
		assert_memory_equal(console_output(&c, &len), want,
				    strlen(want));
		console_sent(&c, 5);
		assert_memory_equal(console_output(&c, &len), want + 5,
				    strlen(want) - 5);
		console_sent(&c, len);
	}
	assert_int_equal(waiting(&c), 0);
	assert_int_equal(console_room(&c), CONSOLE_LINE_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_may_come_in_pieces),
		cmocka_unit_test(nothing_more_is_read_while_a_reply_waits),
		cmocka_unit_test(a_line_that_is_too_long_is_refused_once),
		cmocka_unit_test(who_leaves_takes_nothing_along),
		cmocka_unit_test(a_reply_without_memory_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
