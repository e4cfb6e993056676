/* SPDX-License-Identifier: GPL-2.0-only */
/* What comes from an object is printed, and is JSON, whatever its bytes are. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../../loader/report.h"

/* A source line that turns a terminal red, in Latin-1. */
#define HOSTILE	 "x = 1; // \033[31mrot f\374r alle\177"
#define HARMLESS "x = 1; // ?[31mrot f\374r alle?"

static const struct attempt refused = {
	.mode = MODE_HW,
	.stage = STAGE_LOAD,
	.err = -EINVAL,
	.reason = "invalid " HOSTILE,
	.finding = "M8 at " HOSTILE,
};

static FILE *terminal;
static char *said;
static size_t said_bytes;

static void watch(void)
{
	terminal = stderr;
	stderr = open_memstream(&said, &said_bytes);
	assert_non_null(stderr);
}

static void expect(const char *text)
{
	fclose(stderr);
	stderr = terminal;
	assert_string_equal(said, text);
	free(said);
}

static void a_terminal_is_not_steered(void **state)
{
	(void)state;
	watch();
	report_warning("eth0", "hw mode will refuse it: %s", HOSTILE);
	expect("eth0: warning: hw mode will refuse it: " HARMLESS "\n");
	watch();
	report_refusal("eth0", &refused, "1: " HOSTILE "\nlast\tline\n");
	expect("eth0: hw refused at load: EINVAL: invalid " HARMLESS "\n"
	       "\toffload-check M8 at " HARMLESS "\n"
	       "\t1: " HARMLESS "\n"
	       "\tlast\tline\n");
}

static void no_attempt_is_lost_in_json(void **state)
{
	struct ladder ladder = { .refusals = 1, .refused = { refused } };
	json_t *all = report_attempts(&ladder), *one;

	(void)state;
	assert_int_equal(json_array_size(all), 1);
	one = json_array_get(all, 0);
	assert_string_equal(json_string_value(json_object_get(one, "reason")),
			    "invalid x = 1; // \033[31mrot f?r alle\177");
	assert_string_equal(json_string_value(json_object_get(one, "finding")),
			    "M8 at x = 1; // \033[31mrot f?r alle\177");
	assert_string_equal(json_string_value(json_object_get(one, "errno")),
			    "EINVAL");
	json_decref(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_is_not_steered),
		cmocka_unit_test(no_attempt_is_lost_in_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
