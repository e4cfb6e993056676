/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * judge_compare ASKED PREDICTED: the lines of judge_ask against those of
 * judge_predict. Prints the first disagreements of each kind, and a sum.
 *
 * Exit status: 0 where the checker keeps its promises: no false accept, no
 * false refuse, each refusal at the driver's stage, with its errno and in its
 * words, each crash foretold, at most 2 % undecided, 90 % of the lengths equal
 * and none off by more than 5 %. 1 where it does not, 2 where the two do not fit
 * together.
 */
#include <err.h>
#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	UNDECIDED_PERCENT = 2,
	EQUAL_PERCENT = 90,
	DEVIATION_PERCENT = 5,
};

/* Disagreements of one kind that are printed; all are counted. */
#define SHOWN 50

struct sum {
	unsigned long programs, accepted, refused, crashed, unsafe;
	unsigned long undecided, false_accept, false_refuse;
	unsigned long crash; /* that were not foretold */
	unsigned long stage, error, words, other_words;
	unsigned long lengths, equal, unequal;
	double worst; /* percent */
};

/* Return: whether this one is among the first. */
static bool count(unsigned long *kind)
{
	return ++*kind <= SHOWN;
}

static const char *text(const json_t *line, const char *key)
{
	return json_string_value(json_object_get(line, key)) ?: "";
}

static bool equal(const json_t *a, const json_t *b, const char *key)
{
	return !strcmp(text(a, key), text(b, key));
}

static bool is(const json_t *line, const char *stage)
{
	return !strcmp(text(line, "stage"), stage);
}

static void print(const char *what, const json_t *asked, const json_t *said)
{
	printf("%s\t%s\tdriver: %s %s %s\tchecker: %s %s %s [%s]\n", what,
	       text(asked, "name"), text(asked, "stage"), text(asked, "errno"),
	       text(asked, "words"), text(said, "stage"), text(said, "errno"),
	       text(said, "words"), text(said, "log"));
}

/* Lines of the verifier, or records of the kernel's log with "; " between. */
static bool has_line(const char *log, const char *words)
{
	size_t len = strlen(words);

	for (const char *at = log; len && (at = strstr(at, words)); at += len)
		if ((at == log || at[-1] == '\n' ||
		     (at > log + 1 && !strncmp(at - 2, "; ", 2))) &&
		    strchr("\n;", at[len]))
			return true;
	return false;
}

/* Who refuses often says more than one thing. */
static bool words_agree(const json_t *asked, const json_t *said)
{
	const char *words = text(said, "words");

	return equal(asked, said, "words") ||
	       has_line(text(asked, "words"), words) ||
	       has_line(text(asked, "log"), words);
}

static void compare_refused(struct sum *s, const json_t *asked,
			    const json_t *said)
{
	if (!equal(asked, said, "stage")) {
		if (count(&s->stage))
			print("stage", asked, said);
	} else if (!equal(asked, said, "errno")) {
		if (count(&s->error))
			print("errno", asked, said);
	}
	if (words_agree(asked, said)) {
		s->words++;
		return;
	}
	if (count(&s->other_words))
		print("words", asked, said);
}

static void compare_length(struct sum *s, const json_t *asked,
			   const json_t *said)
{
	json_int_t a = json_integer_value(json_object_get(asked, "length"));
	json_int_t b = json_integer_value(json_object_get(said, "length"));
	double off = a ? fabs((double)(b - a)) * 100 / a : 100;

	s->lengths++;
	if (a == b) {
		s->equal++;
		return;
	}
	if (count(&s->unequal))
		printf("length\t%s\tdriver: %lld\tchecker: %lld\n",
		       text(asked, "name"), (long long)a, (long long)b);
	if (off > s->worst)
		s->worst = off;
}

/* The driver took the kernel down: no answer of the checker's is right but one
 * that warns of it.
 */
static void compare_crashed(struct sum *s, const json_t *asked,
			    const json_t *said)
{
	s->crashed++;
	if (json_is_true(json_object_get(said, "crashes")))
		return;
	if (count(&s->crash))
		print("crash", asked, said);
}

static void compare(struct sum *s, const json_t *asked, const json_t *said)
{
	s->programs++;
	s->unsafe += json_is_true(json_object_get(said, "unsafe"));
	if (is(asked, "crash")) {
		compare_crashed(s, asked, said);
		return;
	}
	s->accepted += is(asked, "ok");
	s->refused += !is(asked, "ok");
	/* Then it read or wrote what is not its own: any answer is chance. */
	if (json_is_true(json_object_get(said, "crashes")))
		return;
	if (is(said, "undecided")) {
		if (count(&s->undecided))
			print("undecided", asked, said);
	} else if (is(said, "ok") && !is(asked, "ok")) {
		if (count(&s->false_accept))
			print("false accept", asked, said);
	} else if (!is(said, "ok") && is(asked, "ok")) {
		if (count(&s->false_refuse))
			print("false refuse", asked, said);
	} else if (is(asked, "ok")) {
		compare_length(s, asked, said);
	} else if (!is(asked, "open") && !is(said, "open")) {
		compare_refused(s, asked, said);
	}
}

/* Of an object that the checker cannot read it knows no programs. */
static bool is_object_of(const json_t *said, const json_t *asked)
{
	const char *object = text(said, "name");
	size_t len = strlen(object);

	return is(said, "open") && !strncmp(text(asked, "name"), object, len) &&
	       text(asked, "name")[len] == ':';
}

static bool fit(const json_t *asked, const json_t *said)
{
	return asked && said &&
	       (equal(asked, said, "name") || is_object_of(said, asked));
}

static json_t *next(FILE *file, const char *path)
{
	static char *line;
	static size_t room;
	json_error_t why;
	json_t *found;

	if (getline(&line, &room, file) < 0)
		return NULL;
	found = json_loads(line, 0, &why);
	if (!found)
		errx(2, "%s: %s", path, why.text);
	return found;
}

static void compare_files(struct sum *s, const char *asked_path,
			  const char *said_path)
{
	FILE *asked_file = fopen(asked_path, "r");
	FILE *said_file = fopen(said_path, "r");
	json_t *asked, *said;

	if (!asked_file || !said_file)
		err(2, "%s", asked_file ? said_path : asked_path);
	for (;;) {
		asked = next(asked_file, asked_path);
		said = next(said_file, said_path);
		if (!asked && !said)
			break;
		if (!fit(asked, said))
			errx(2, "%s and %s: not the same programs: %s, %s",
			     asked_path, said_path, text(asked, "name"),
			     text(said, "name"));
		compare(s, asked, said);
		json_decref(asked);
		json_decref(said);
	}
	fclose(asked_file);
	fclose(said_file);
}

static bool print_sum(const struct sum *s)
{
	unsigned long named = s->words + s->other_words;

	printf("programs %lu: accepted %lu, refused %lu, crashed the kernel "
	       "%lu; unsafe %lu\n",
	       s->programs, s->accepted, s->refused, s->crashed, s->unsafe);
	printf("false accept %lu, false refuse %lu, undecided %lu, crashes not "
	       "foretold %lu\n",
	       s->false_accept, s->false_refuse, s->undecided, s->crash);
	printf("refused by both %lu: words equal %lu, stage differs %lu, errno "
	       "differs %lu\n",
	       named, s->words, s->stage, s->error);
	printf("accepted by both %lu: lengths equal %lu, worst %.1f %%\n",
	       s->lengths, s->equal, s->worst);
	return s->programs && !s->false_accept && !s->false_refuse &&
	       !s->crash && !s->stage && !s->error && !s->other_words &&
	       s->undecided * 100 <= s->programs * UNDECIDED_PERCENT &&
	       s->equal * 100 >= s->lengths * EQUAL_PERCENT &&
	       s->worst <= DEVIATION_PERCENT;
}

int main(int argc, char **argv)
{
	struct sum sum = { 0 };

	if (argc != 3)
		errx(2, "usage: %s ASKED PREDICTED", argv[0]);
	compare_files(&sum, argv[1], argv[2]);
	return print_sum(&sum) ? 0 : 1;
}
