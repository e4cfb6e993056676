/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"

#define LEFT_COLUMN 23

/* What getopt returns for the first row: no letter. */
#define ROW_CODE 256

int args_fail(const struct args *args, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(args->why, args->room, format, list);
	va_end(list);
	for (char *c = args->why; args->room && *c; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			*c = '?';
	return -EINVAL;
}

bool args_is_number(const char *arg, unsigned long least, unsigned long most,
		    unsigned long *out)
{
	unsigned long number;
	char *end;

	errno = 0;
	number = strtoul(arg, &end, 10);
	if (errno || *end || *arg < '0' || *arg > '9' || number < least ||
	    number > most)
		return false;
	*out = number;
	return true;
}

int args_number(const struct args *args, const char *name, const char *arg,
		unsigned long least, unsigned long most, const char *what,
		unsigned long *out)
{
	if (args_is_number(arg, least, most, out))
		return 0;
	return args_fail(args, "--%s=%s: not %s", name, arg, what);
}

void args_help(FILE *to, const struct args_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char left[64], letter[8] = "";

		if (!rows[i].help)
			continue;
		if (rows[i].letter)
			snprintf(letter, sizeof(letter), "-%c, ",
				 rows[i].letter);
		snprintf(left, sizeof(left), "%4s--%s%s", letter, rows[i].name,
			 rows[i].arg);
		fprintf(to, "  %-*s", LEFT_COLUMN, left);
		if (strlen(left) >= LEFT_COLUMN)
			fprintf(to, "\n%*s", LEFT_COLUMN + 2, "");
		fprintf(to, "%s\n", rows[i].help);
	}
}

static int has_arg(const struct args_row *row)
{
	if (!*row->arg)
		return no_argument;
	return *row->arg == '[' ? optional_argument : required_argument;
}

/* getopt's tables, from ours. */
static void make_tables(const struct args *args, struct option *longs,
			char *shorts)
{
	if (args->ordered)
		*shorts++ = '+';
	*shorts++ = ':'; /* tell a missing argument from an unknown option */
	for (size_t i = 0; i < args->count; i++) {
		const struct args_row *row = &args->rows[i];

		longs[i] = (struct option){
			.name = row->name,
			.has_arg = has_arg(row),
			.val = ROW_CODE + i,
		};
		if (!row->letter)
			continue;
		*shorts++ = row->letter;
		for (int colons = has_arg(row); colons; colons--)
			*shorts++ = ':';
	}
	*shorts = '\0';
}

static const struct args_row *row_of(const struct args *args, int code)
{
	if (code >= ROW_CODE)
		return &args->rows[code - ROW_CODE];
	for (size_t i = 0; i < args->count; i++)
		if (args->rows[i].letter == code)
			return &args->rows[i];
	return NULL;
}

static int parse_one(struct args *args, int code, const char *text)
{
	const struct args_row *row = row_of(args, code);

	if (code == ':')
		return args_fail(args, "%s needs a value", text);
	if (!row && optopt > 0 && optopt < ROW_CODE)
		return args_fail(args, "unknown option -%c", optopt);
	if (!row && optopt >= ROW_CODE)
		return args_fail(args, "--%s takes no value",
				 row_of(args, optopt)->name);
	if (!row)
		return args_fail(args, "unknown or ambiguous option %s", text);
	args->seen |= UINT64_C(1) << (row - args->rows);
	return row->set(args, row->name, optarg);
}

int args_parse(struct args *args, int argc, char **argv)
{
	struct option longs[ARGS_ROWS_MAX + 1] = {};
	char shorts[3 * ARGS_ROWS_MAX + 3];
	int code, err = 0;

	if (args->count > ARGS_ROWS_MAX)
		abort(); /* a mistake in the table */
	make_tables(args, longs, shorts);
	opterr = 0;
	optind = 0; /* start afresh, also when called again */
	while (!err &&
	       (code = getopt_long(argc, argv, shorts, longs, NULL)) != -1)
		err = parse_one(args, code, argv[optind - 1]);
	return err ?: optind;
}
