/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "text.h"

void text_put(FILE *to, const char *text)
{
	for (; *text; text++) {
		unsigned char c = *text;

		fputc((c < ' ' && c != '\t') || c == 0x7f ? '?' : c, to);
	}
}

json_t *text_json(const char *text)
{
	json_t *out;
	char *copy;

	if (!text || !*text)
		return json_null();
	out = json_string(text);
	if (out)
		return out;
	copy = strdup(text);
	if (!copy)
		return NULL;
	for (char *c = copy; *c; c++)
		if (*c & 0x80)
			*c = '?';
	out = json_string(copy);
	free(copy);
	return out;
}
