/* SPDX-License-Identifier: GPL-2.0-only */
#include "card/console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t console_room(const struct console *console)
{
	return console->reply ? 0 : CONSOLE_LINE_MAX;
}

static void append(struct console *console, const char *text, size_t len)
{
	char *reply = realloc(console->reply, console->reply_len + len);

	if (!reply)
		return;
	memcpy(reply + console->reply_len, text, len);
	console->reply = reply;
	console->reply_len += len;
}

static void carry_out(struct console *console)
{
	size_t len = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return;
	if (console->too_long)
		fprintf(out, "error: a line has at most %d bytes\n.\n",
			CONSOLE_LINE_MAX - 1);
	else
		card_command(console->card, console->line, out);
	fclose(out);
	append(console, text, len);
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
	return console->reply ? console->reply + console->reply_sent : NULL;
}

void console_sent(struct console *console, size_t len)
{
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
	console->used = 0;
	console->too_long = false;
}
