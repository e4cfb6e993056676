/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "args.h"
#include "array.h"

#define WORDS_MAX 8

/* What the setters were told, one after the other: "name=arg;" or "name;". */
struct told {
	char text[128];
	bool loud;
};

static int tell(struct args *args, const char *name, const char *arg)
{
	struct told *told = args->out;
	size_t used = strlen(told->text);

	snprintf(told->text + used, sizeof(told->text) - used, "%s%s%s;", name,
		 arg ? "=" : "", arg ? arg : "");
	return 0;
}

static int tell_number(struct args *args, const char *name, const char *arg)
{
	unsigned long number;

	if (args_number(args, name, arg, 2, 64, "a number of things", &number))
		return -EINVAL;
	return tell(args, name, arg);
}

static int no_memory(struct args *args, const char *name, const char *arg)
{
	(void)args;
	(void)name;
	(void)arg;
	return -ENOMEM;
}

ARGS_SETTER(be_loud, struct told, told, told->loud = true)

static const struct args_row rows[] = {
	{ "file", 'f', tell, "=FILE", "read this", 0 },
	{ "input", 0, tell, "=FILE", NULL, 0 },
	{ "level", 'l', tell, "[=LEVEL]", "say more", 0 },
	{ "things", 0, tell_number, " N", "so many", 0 },
	{ "plain", 'p', tell, "", "as it is", 0 },
	{ "plainer", 0, tell, "", "even more", 0 },
	{ "loud", 0, be_loud, "", "be loud", 0 },
	{ "large", 0, no_memory, "", "take all memory", 0 },
};

struct parsed {
	char line[128];
	char *argv[WORDS_MAX + 1];
	struct told told;
	char why[128];
	struct args args;
	int first; /* what args_parse() returns */
};

/* Split @line at its spaces, and parse it. */
static void parse(struct parsed *p, const char *line, bool ordered)
{
	char *rest = p->line, *word;
	int argc = 0;

	memset(p, 0, sizeof(*p));
	snprintf(p->line, sizeof(p->line), "program %s", line);
	while ((word = strsep(&rest, " ")) && argc < WORDS_MAX)
		if (*word)
			p->argv[argc++] = word;
	p->args = (struct args)ARGS(rows, &p->told, p->why, sizeof(p->why));
	p->args.ordered = ordered;
	p->first = args_parse(&p->args, argc, p->argv);
}

static const struct {
	const char *line;
	const char *told;
	const char *rest; /* the words that are no options */
	bool ordered;
} right[] = {
	{ "", "", "", false },
	{ "a b", "", "a b ", false },
	{ "--file x", "file=x;", "", false },
	{ "--file=x", "file=x;", "", false },
	{ "-f x", "file=x;", "", false },
	{ "-fx", "file=x;", "", false },
	{ "--file=", "file=;", "", false },
	{ "--file --plain", "file=--plain;", "", false },
	{ "--input x", "input=x;", "", false },
	{ "--in x", "input=x;", "", false },
	{ "--plain", "plain;", "", false },
	{ "-pp", "plain;plain;", "", false },
	{ "-pf x", "plain;file=x;", "", false },
	{ "--level x", "level;", "x ", false },
	{ "--level=x", "level=x;", "", false },
	{ "-l x", "level;", "x ", false },
	{ "-lx", "level=x;", "", false },
	{ "--things 2 --things 64", "things=2;things=64;", "", false },
	{ "a --plain b -f x", "plain;file=x;", "a b ", false },
	{ "a --plain b -f x", "", "a --plain b -f x ", true },
	{ "-p a --plain", "plain;", "a --plain ", true },
	{ "-p -- --plain a", "plain;", "--plain a ", false },
	{ "-p -- --plain a", "plain;", "--plain a ", true },
	{ "-", "", "- ", false },
};

static void takes_options_in_every_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(right); i++) {
		char rest[128] = "";
		struct parsed p;

		print_message("# %s\n", right[i].line);
		parse(&p, right[i].line, right[i].ordered);
		assert_true(p.first > 0);
		for (char **word = p.argv + p.first; *word; word++)
			snprintf(rest + strlen(rest),
				 sizeof(rest) - strlen(rest), "%s ", *word);
		assert_string_equal(p.told.text, right[i].told);
		assert_string_equal(rest, right[i].rest);
	}
}

static const struct {
	const char *line;
	const char *why;
} wrong[] = {
	{ "--nothing", "unknown or ambiguous option --nothing" },
	{ "--pl", "unknown or ambiguous option --pl" },
	{ "-x", "unknown option -x" },
	{ "-px", "unknown option -x" },
	{ "--file", "--file needs a value" },
	{ "-f", "-f needs a value" },
	{ "--plain=yes", "--plain takes no value" },
	{ "--things=", "--things=: not a number of things" },
	{ "--things 1", "--things=1: not a number of things" },
	{ "--things 65", "--things=65: not a number of things" },
	{ "--things 3x", "--things=3x: not a number of things" },
	{ "--things -3", "--things=-3: not a number of things" },
	{ "--things +3", "--things=+3: not a number of things" },
	{ "--things 0x3", "--things=0x3: not a number of things" },
	{ "--things 99999999999999999999",
	  "--things=99999999999999999999: not a number of things" },
	{ "--things \033[2J", "--things=?[2J: not a number of things" },
	{ "--a\tb\177c", "unknown or ambiguous option --a?b?c" },
};

static void says_in_one_sentence_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct parsed p;

		parse(&p, wrong[i].line, false);
		print_message("# %s\n", p.why);
		assert_int_equal(p.first, -EINVAL);
		assert_string_equal(p.why, wrong[i].why);
	}
}

static void cuts_a_sentence_that_is_too_long(void **state)
{
	struct parsed p;
	char why[8];

	(void)state;
	parse(&p, "", false);
	p.args.why = why;
	p.args.room = sizeof(why);
	assert_int_equal(args_fail(&p.args, "much too long"), -EINVAL);
	assert_string_equal(why, "much to");
}

static void stops_at_the_first_failure(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "-p --large -p", false);
	assert_int_equal(p.first, -ENOMEM);
	assert_string_equal(p.told.text, "plain;");
}

static void remembers_which_rows_were_given(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "--loud -f x", false);
	assert_true(p.told.loud);
	assert_int_equal(p.args.seen, 1 << 6 | 1 << 0);
	parse(&p, "-p", false);
	assert_false(p.told.loud);
	assert_int_equal(p.args.seen, 1 << 4);
}

static void helps(const struct args_row *table, size_t count, const char *want)
{
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	args_help(to, table, count);
	fclose(to);
	assert_string_equal(text, want);
	free(text);
}

static void helps_with_each_row_but_for_other_names(void **state)
{
	static const char want[] = "  -f, --file=FILE        read this\n"
				   "  -l, --level[=LEVEL]    say more\n"
				   "      --things N         so many\n"
				   "  -p, --plain            as it is\n"
				   "      --plainer          even more\n"
				   "      --loud             be loud\n"
				   "      --large            take all memory\n";
	static const struct args_row wide[] = {
		{ "nineteen-letters-it", 0, tell, "", "next line", 0 },
	};

	(void)state;
	helps(rows, ARRAY_SIZE(rows), want);
	helps(wide, ARRAY_SIZE(wide),
	      "      --nineteen-letters-it\n"
	      "                         next line\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_options_in_every_form),
		cmocka_unit_test(says_in_one_sentence_what_is_wrong),
		cmocka_unit_test(cuts_a_sentence_that_is_too_long),
		cmocka_unit_test(stops_at_the_first_failure),
		cmocka_unit_test(remembers_which_rows_were_given),
		cmocka_unit_test(helps_with_each_row_but_for_other_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
