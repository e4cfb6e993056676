/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Command lines as tables: what is parsed and what --help says come from the
 * same rows, so that they cannot disagree.
 *
 *	static const struct args_row rows[] = {
 *		{ "kernel", 'k', set_kernel, "=VERSION", "boot this one" },
 *		...
 *	};
 *	struct args args = ARGS(rows, &options, why, sizeof(why));
 *
 *	first = args_parse(&args, argc, argv);
 */
#ifndef ARGS_H
#define ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define ARGS_ROWS_MAX 64

struct args;

/* Takes what was given: @name without dashes, @arg or NULL. Return: 0, or what
 * args_fail() gives, or -ENOMEM.
 */
typedef int args_set_fn(struct args *args, const char *name, const char *arg);

struct args_row {
	const char *name;
	char letter; /* 0: none */
	args_set_fn *set;
	const char *arg;   /* as in --help; "": takes none; "[...": may */
	const char *help;  /* NULL: another name of the row before */
	unsigned int with; /* for the program: what else it goes with */
};

struct args {
	const struct args_row *rows;
	size_t count;
	bool ordered; /* the first word that is no option ends the options */
	void *out;    /* the program's own */
	char *why;    /* a sentence of @room bytes on failure */
	size_t room;
	uint64_t seen; /* rows that were given, as bits */
};

#define ARGS(table, to, text, size)                                         \
	{                                                                   \
		.rows = table, .count = sizeof(table) / sizeof((table)[0]), \
		.out = to, .why = text, .room = size,                       \
	}

/**
 * args_parse() - call the setter of each option that is given
 *
 * Return: index of the first word of @argv that is no option (they are moved to
 * the end, unless args->ordered), or -EINVAL with a sentence in args->why, or
 * -ENOMEM.
 */
int args_parse(struct args *args, int argc, char **argv);

/* A setter that needs no value: @change what @to, of that @type, points to. */
#define ARGS_SETTER(fn, type, to, change)                                   \
	static int fn(struct args *args, const char *name, const char *arg) \
	{                                                                   \
		type *to = args->out;                                       \
		(void)name;                                                 \
		(void)arg;                                                  \
		change;                                                     \
		return 0;                                                   \
	}

/* args_fail() - say why. Bytes that could steer a terminal become '?'.
 * Return: -EINVAL.
 */
__attribute__((format(printf, 2, 3))) int args_fail(const struct args *args,
						    const char *format, ...);

/**
 * args_number() - read a whole decimal number from @least to @most
 * @what: for the sentence, as "a number of seconds"
 *
 * Return: 0 with @out filled, or -EINVAL with "--name=arg: not what".
 */
int args_number(const struct args *args, const char *name, const char *arg,
		unsigned long least, unsigned long most, const char *what,
		unsigned long *out);

/* Is @arg such a number, all of it? @out is filled if so. */
bool args_is_number(const char *arg, unsigned long least, unsigned long most,
		    unsigned long *out);

/* The lines of --help about the rows. */
void args_help(FILE *to, const struct args_row *rows, size_t count);

#endif
