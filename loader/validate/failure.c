/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "validate/failure.h"

#define ROW	   16
#define FIRST_ROWS 6 /* are always shown: all headers */

#define RED   "\033[31m"
#define PLAIN "\033[0m"

int bytes_set(struct bytes *out, const void *data, size_t len)
{
	*out = (struct bytes){};
	if (!data || !len)
		return 0;
	out->data = malloc(len);
	if (!out->data)
		return -ENOMEM;
	memcpy(out->data, data, len);
	out->len = len;
	return 0;
}

void failure_free(struct failure *f)
{
	free(f->name);
	free(f->sent.data);
	free(f->expected.data);
	free(f->received.data);
}

/* Does byte @i differ? Where one of both is not there, nothing does. */
static bool differs(const struct failure *f, size_t i)
{
	const struct bytes *e = &f->expected, *r = &f->received;

	if (!e->len || !r->len || (i >= e->len && i >= r->len))
		return false;
	return i >= e->len || i >= r->len || e->data[i] != r->data[i];
}

static bool row_differs(const struct failure *f, size_t row)
{
	for (size_t i = row; i < row + ROW; i++)
		if (differs(f, i))
			return true;
	return false;
}

static void gap(FILE *to, size_t i, size_t row)
{
	if (i > row)
		fputs(i - row == ROW / 2 ? "  " : " ", to);
}

static void print_bytes(FILE *to, const struct failure *f, const char *what,
			const struct bytes *b, size_t row, bool red)
{
	if (row >= b->len)
		return;
	fprintf(to, "\t%04zx  %-9s ", row, what);
	for (size_t i = row; i < row + ROW && i < b->len; i++) {
		gap(to, i, row);
		if (red && differs(f, i))
			fprintf(to, RED "%02x" PLAIN, b->data[i]);
		else
			fprintf(to, "%02x", b->data[i]);
	}
	fputc('\n', to);
}

/* Nothing behind the last mark of the row. */
static void print_marks(FILE *to, const struct failure *f, size_t row)
{
	size_t last = row + ROW;

	while (!differs(f, last - 1))
		last--;
	fprintf(to, "\t%16s", "");
	for (size_t i = row; i < last; i++) {
		gap(to, i, row);
		fputs(differs(f, i) ? "^^" : "  ", to);
	}
	fputc('\n', to);
}

static void print_row(FILE *to, const struct failure *f, size_t row,
		      bool colour)
{
	print_bytes(to, f, "sent", &f->sent, row, false);
	print_bytes(to, f, "expected", &f->expected, row, false);
	print_bytes(to, f, "received", &f->received, row, colour);
	if (row_differs(f, row))
		print_marks(to, f, row);
}

static size_t longest(const struct failure *f)
{
	size_t len = f->sent.len;

	if (f->expected.len > len)
		len = f->expected.len;
	return f->received.len > len ? f->received.len : len;
}

static void print_length(FILE *to, const char *what, const struct bytes *b,
			 const char *none)
{
	if (b->len)
		fprintf(to, "%s %zu bytes", what, b->len);
	else
		fprintf(to, "%s %s", what, none);
}

/* What came is what was expected: only when, or how often, was wrong. */
static bool is_as_expected(const struct failure *f)
{
	return f->expected.len && f->expected.len == f->received.len &&
	       !memcmp(f->expected.data, f->received.data, f->received.len);
}

void failure_print(FILE *to, const struct failure *f, bool colour)
{
	size_t end = is_as_expected(f) ? 0 : longest(f);
	bool left_out = false;

	fprintf(to, "%s: %s\n\t", f->name, f->fault);
	print_length(to, "sent", &f->sent, "nothing");
	print_length(to, ", expected", &f->expected, f->wanted ?: "nothing");
	print_length(to, ", received", &f->received, "nothing");
	fputc('\n', to);
	for (size_t row = 0; row < end; row += ROW) {
		if (row < FIRST_ROWS * ROW || row_differs(f, row)) {
			print_row(to, f, row, colour);
			left_out = false;
		} else if (!left_out) {
			fputs("\t...\n", to);
			left_out = true;
		}
	}
}
