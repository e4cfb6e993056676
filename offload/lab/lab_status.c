/* SPDX-License-Identifier: GPL-2.0-only */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lab_status.h"

static const char fail_word[] = "fail ";

static void take_exit(struct lab_status *status)
{
	uint64_t out, err;
	unsigned int code;
	int end = 0;

	if (sscanf(status->line, "exit %3u %" SCNu64 " %" SCNu64 "%n", &code,
		   &out, &err, &end) < 3 ||
	    status->line[end] || code > 255)
		return;
	status->code = code;
	status->sent[0] = out;
	status->sent[1] = err;
	status->ended = true;
}

static void take_line(struct lab_status *status)
{
	status->line[status->len] = '\0';
	status->len = 0;
	if (!strcmp(status->line, "up"))
		status->up = true;
	if (!strncmp(status->line, fail_word, strlen(fail_word))) {
		strcpy(status->text, status->line + strlen(fail_word));
		status->failed = true;
	}
	take_exit(status);
}

void lab_status_take(struct lab_status *status, const char *data, size_t len)
{
	for (; len; data++, len--)
		if (*data == '\n')
			take_line(status);
		else if (status->len + 1 < sizeof(status->line))
			status->line[status->len++] = *data;
}
