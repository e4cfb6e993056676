/* SPDX-License-Identifier: GPL-2.0-only */
/* The control channel: lines come in pieces, and replies leave in pieces. */
#ifndef CARD_CONSOLE_H
#define CARD_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "card/card.h"

#define CONSOLE_LINE_MAX 1024 /* bytes, with the newline */

struct console {
	struct card *card;
	char line[CONSOLE_LINE_MAX];
	size_t used;
	bool too_long; /* what is left of the line is ignored */
	char *reply;   /* not yet sent, on the heap */
	size_t reply_len, reply_sent;
	size_t failed; /* replies there was no memory for; they come last */
	size_t failed_sent; /* bytes of the first one */
};

/* Bytes that may come now: none while a reply is on its way. */
size_t console_room(const struct console *console);

/* Carries out every line that is complete. */
void console_input(struct console *console, const char *data, size_t len);

/* What is to be sent, and that @len of it was. */
const char *console_output(const struct console *console, size_t *len);
void console_sent(struct console *console, size_t len);

/* The other end is gone: forgets a half line and unsent replies. */
void console_clear(struct console *console);

#endif
