/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "array.h"
#include "check_lines.h"

/* Lines come back, in two files; the same name is not the same pointer; and
 * there is what has no line.
 */
static void adds_up_lines_in_the_order_of_the_program(void **state)
{
	char other_a[] = "a.h";
	struct check_insn insns[] = {
		{ .file = "b.c", .line = 7, .words = 1 },
		{ .file = "a.h", .line = 9, .words = 2 },
		{ .file = "a.h", .line = 3, .words = 4 },
		{ .words = 8 },
		{ .file = other_a, .line = 9, .words = 16 },
		{ .file = "b.c", .line = 9, .words = 32 },
		{ .file = "b.c", .line = 7, .words = 64 },
		{ .words = 128 },
	};
	struct check_report report = {
		.insns = insns,
		.insn_count = ARRAY_SIZE(insns),
	};
	static const unsigned int words[] = { 65, 18, 4, 136, 32 };
	static const size_t first[] = { 0, 1, 2, 3, 5 };
	static const size_t of[] = { 0, 1, 2, 3, 1, 4, 0, 3 };
	struct check_lines lines;

	(void)state;
	assert_int_equal(check_lines_start(&lines, &report), 0);
	assert_int_equal(lines.count, ARRAY_SIZE(words));
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		assert_int_equal(lines.lines[i].words, words[i]);
		assert_ptr_equal(lines.lines[i].insn, &insns[first[i]]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(of); i++)
		assert_int_equal(lines.of[i], of[i]);
	check_lines_end(&lines);
}

static void of_nothing_there_are_no_lines(void **state)
{
	struct check_report report = { .insn_count = 0 };
	struct check_lines lines;

	(void)state;
	assert_int_equal(check_lines_start(&lines, &report), 0);
	assert_int_equal(lines.count, 0);
	check_lines_end(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adds_up_lines_in_the_order_of_the_program),
		cmocka_unit_test(of_nothing_there_are_no_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
