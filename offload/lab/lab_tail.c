/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "lab_tail.h"

/* Carriage returns and NULs have no place in lines. The last byte ends the
 * text.
 */
void lab_tail_add(struct lab_tail *tail, const char *data, size_t len)
{
	const size_t room = sizeof(tail->text) - 1;

	for (; len; data++, len--) {
		if (*data == '\r' || !*data)
			continue;
		if (tail->len == room) {
			tail->len = room / 2;
			memmove(tail->text, tail->text + room - tail->len,
				tail->len);
		}
		tail->text[tail->len++] = *data;
	}
	tail->text[tail->len] = '\0';
}

const char *lab_tail_find(const struct lab_tail *tail, const char *what)
{
	return strstr(tail->text, what);
}

/* last_lines - where the last @lines begin, and in @stop where they end */
static const char *last_lines(const struct lab_tail *tail, unsigned int lines,
			      const char **stop)
{
	const char *end = tail->text + tail->len, *from;

	while (end > tail->text && end[-1] == '\n')
		end--;
	for (from = end; from > tail->text; from--)
		if (from[-1] == '\n' && !--lines)
			break;
	*stop = end;
	return from;
}

const char *lab_tail_last(const struct lab_tail *tail)
{
	const char *end;

	return last_lines(tail, 1, &end);
}

void lab_tail_print(const struct lab_tail *tail, unsigned int lines,
		    const char *prefix, FILE *to)
{
	const char *end, *from = last_lines(tail, lines, &end);

	while (from < end) {
		int len = strcspn(from, "\n");

		fprintf(to, "%s%.*s\n", prefix, len, from);
		from += len + 1;
	}
}
