/* SPDX-License-Identifier: GPL-2.0-only */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "check/limits_print.h"
#include "check/rule.h"
#include "profile.h"

#define LIMITS "hwdocs/limits.md"

static void assert_sentence(const char *id, const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (n < 7 || text[n - 1] != '.' || strstr(text, "  "))
		fail_msg("%s: no sentence: %s", id, text ? text : "none");
	if (text[0] < 'A' || text[0] > 'Z')
		if (strncmp(text, "bpf_", 4) && strncmp(text, "offload-", 8))
			fail_msg("%s: begins with %c", id, text[0]);
}

static void every_rule_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULES; i++) {
		const struct rule *r = &rules[i];

		if (!r->id)
			fail_msg("row %zu is missing", i);
		assert_sentence(r->id, r->limit);
		assert_sentence(r->id, r->reason);
		assert_sentence(r->id, r->advice);
		if (!r->source || strlen(r->source) < 10)
			fail_msg("%s has no source", r->id);
	}
}

static void every_id_is_there_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULES; i++)
		for (size_t j = 0; j < i; j++)
			if (!strcmp(rules[i].id, rules[j].id))
				fail_msg("%s is there twice", rules[i].id);
}

static void ids_are_those_of_the_enum(void **state)
{
	(void)state;
	assert_string_equal(rules[RULE_L1].id, "L1");
	assert_string_equal(rules[RULE_O9].id, "O9");
	assert_string_equal(rules[RULE_M10].id, "M10");
	assert_string_equal(rules[RULE_S1].id, "S1");
	assert_string_equal(rules[RULE_F65].id, "F65");
	assert_string_equal(rules[RULE_P14].id, "P14");
	assert_string_equal(rules[RULE_H9].id, "H9");
	assert_string_equal(rules[RULE_U8].id, "U8");
	assert_string_equal(rules[RULES - 1].id, "K3");
}

static void what_is_wrong_without_a_word_shows_when_it_runs(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULES; i++) {
		if (rules[i].kind == RULE_UNSAFE) {
			assert_int_equal(rules[i].where,
					 rule_crashes(&rules[i])
						 ? RULE_DMESG
						 : RULE_NOWHERE);
			assert_int_equal(rules[i].err, 0);
		}
		if (rules[i].kind == RULE_REFUSES &&
		    rules[i].stage == RULE_STAGE_RUN)
			fail_msg("%s: nobody refuses then", rules[i].id);
	}
}

static void the_driver_crashes_while_it_looks_or_translates(void **state)
{
	(void)state;
	assert_true(rule_crashes(&rules[RULE_U4]));
	assert_true(rule_crashes(&rules[RULE_U5]));
	assert_true(rule_crashes(&rules[RULE_U6]));
	assert_false(rule_crashes(&rules[RULE_U1]));
	assert_false(rule_crashes(&rules[RULE_O8]));
	assert_false(rule_crashes(&rules[RULE_T6]));
}

static char *read_file(const char *path)
{
	char *text = NULL;
	size_t size = 0;
	FILE *in = fopen(path, "r");

	if (!in)
		return NULL;
	if (getdelim(&text, &size, '\0', in) < 0) {
		free(text);
		text = NULL;
	}
	fclose(in);
	return text;
}

static void the_committed_text_is_that_of_the_table(void **state)
{
	char *made = NULL, *committed = read_file(LIMITS);
	size_t size;
	FILE *out = open_memstream(&made, &size);

	(void)state;
	assert_non_null(out);
	limits_print(out);
	fclose(out);
	if (!committed)
		fail_msg("%s cannot be read", LIMITS);
	if (strcmp(made, committed))
		fail_msg("%s is not what limits_print() says", LIMITS);
	free(committed);
	free(made);
}

static void the_text_names_every_rule(void **state)
{
	char heading[32], *text = read_file(LIMITS);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < RULES; i++) {
		snprintf(heading, sizeof(heading), "\n### %s\n", rules[i].id);
		if (!strstr(text, heading))
			fail_msg("%s is not in %s", rules[i].id, LIMITS);
	}
	free(text);
}

/* As the text says of it: what it takes, the other one takes. */
static void the_default_firmware_is_the_strictest(void **state)
{
	const struct profile *least = &profile_published, *p = NULL;

	(void)state;
	assert_ptr_equal(profile_next(NULL), least);
	while ((p = profile_next(p))) {
		if (p->app != PROFILE_APP_BPF)
			continue;
		assert_true(least->max_insns <= p->max_insns);
		assert_true(least->stack <= p->stack);
		assert_true(least->packet_window <= p->packet_window);
		assert_true(least->max_maps <= p->max_maps);
		assert_true(least->max_entries <= p->max_entries);
		assert_true(least->max_key <= p->max_key);
		assert_true(least->max_value <= p->max_value);
		assert_true(least->max_element <= p->max_element);
		assert_int_equal(least->helpers & ~p->helpers, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_is_whole),
		cmocka_unit_test(every_id_is_there_once),
		cmocka_unit_test(ids_are_those_of_the_enum),
		cmocka_unit_test(
			what_is_wrong_without_a_word_shows_when_it_runs),
		cmocka_unit_test(
			the_driver_crashes_while_it_looks_or_translates),
		cmocka_unit_test(the_committed_text_is_that_of_the_table),
		cmocka_unit_test(the_text_names_every_rule),
		cmocka_unit_test(the_default_firmware_is_the_strictest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
