/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What takes the place of a reply. */
static const char no_memory[] = "error: out of memory\n.\n";

#define NO_MEMORY_LEN (sizeof(no_memory) - 1)

size_t console_room(const struct console *console)
{
	return console->reply || console->failed ? 0 : CONSOLE_LINE_MAX;
}

/* False: no memory. Replies keep their order, so that after one that failed
 * there is no memory for any.
 */
static bool append(struct console *console, const char *text, size_t len)
{
	char *reply;

	if (console->failed)
		return false;
	reply = realloc(console->reply, console->reply_len + len);
	if (!reply)
		return false;
	memcpy(reply + console->reply_len, text, len);
	console->reply = reply;
	console->reply_len += len;
	return true;
}

static void answer(struct console *console, FILE *out)
{
	if (console->too_long)
		fprintf(out, "error: a line has at most %d bytes\n.\n",
			CONSOLE_LINE_MAX - 1);
	else
		card_command(console->card, console->line, out);
}

static void carry_out(struct console *console)
{
	size_t len = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);
	bool ok = out;

	if (out) {
		answer(console, out);
		ok = !ferror(out);
		ok &= !fclose(out);
	}
	if (!ok || !append(console, text, len))
		console->failed++;
	free(text);
}

static void end_line(struct console *console)
{
	if (console->used && console->line[console->used - 1] == '\r')
		console->used--;
	console->line[console->used] = '\0';
	carry_out(console);
	console->used = 0;
	console->too_long = false;
}

void console_input(struct console *console, const char *data, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (data[i] == '\n')
			end_line(console);
		else if (console->used < CONSOLE_LINE_MAX - 1)
			console->line[console->used++] = data[i];
		else
			console->too_long = true;
	}
}

const char *console_output(const struct console *console, size_t *len)
{
	*len = console->reply_len - console->reply_sent;
	if (console->reply)
		return console->reply + console->reply_sent;
	if (!console->failed)
		return NULL;
	*len = NO_MEMORY_LEN - console->failed_sent;
	return no_memory + console->failed_sent;
}

static void failure_sent(struct console *console, size_t len)
{
	console->failed_sent += len;
	if (console->failed_sent < NO_MEMORY_LEN)
		return;
	console->failed--;
	console->failed_sent = 0;
}

void console_sent(struct console *console, size_t len)
{
	if (!console->reply) {
		if (console->failed)
			failure_sent(console, len);
		return;
	}
	console->reply_sent += len;
	if (console->reply_sent < console->reply_len)
		return;
	free(console->reply);
	console->reply = NULL;
	console->reply_len = 0;
	console->reply_sent = 0;
}

void console_clear(struct console *console)
{
	console_sent(console, console->reply_len - console->reply_sent);
	console->failed = 0;
	console->failed_sent = 0;
	console->used = 0;
	console->too_long = false;
}
