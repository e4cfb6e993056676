/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "lab_args.h"

void lab_args_add(struct lab_args *args, const char *format, ...)
{
	va_list values;

	if (args->lost || args->count + 1 == ARRAY_SIZE(args->words)) {
		args->lost = true;
		return;
	}
	va_start(values, format);
	if (vasprintf(&args->words[args->count], format, values) < 0)
		args->lost = true;
	else
		args->count++;
	va_end(values);
	args->words[args->count] = NULL;
}

void lab_args_append_value(struct lab_args *args, const char *key,
			   const char *value)
{
	size_t room;
	char *word, *to;

	if (args->lost)
		return;
	word = args->words[args->count - 1];
	room = strlen(word) + strlen(key) + 2 * strlen(value) + 1;
	word = realloc(word, room);
	if (!word) {
		args->lost = true;
		return;
	}
	args->words[args->count - 1] = word;
	strcat(word, key);
	for (to = word + strlen(word); *value; value++) {
		if (*value == ',')
			*to++ = ',';
		*to++ = *value;
	}
	*to = '\0';
}

void lab_args_free(struct lab_args *args)
{
	while (args->count)
		free(args->words[--args->count]);
}
