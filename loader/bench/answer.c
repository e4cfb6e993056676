/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <jansson.h>

#include "bench/answer.h"

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key)) ?: "?";
}

/* The last refusal is the one that ended it. */
static void explain(const json_t *answer, struct bench_answer *out)
{
	const json_t *attempts = json_object_get(answer, "attempts");
	const json_t *last =
		json_array_get(attempts, json_array_size(attempts) - 1);

	if (last)
		snprintf(out->why, sizeof(out->why), "refused at %s: %s: %s",
			 text(last, "stage"), text(last, "errno"),
			 text(last, "reason"));
	else
		snprintf(out->why, sizeof(out->why), "%s",
			 text(answer, "error"));
}

int bench_answer_parse(const char *json, struct bench_answer *out)
{
	json_t *answer = json_loads(json, 0, NULL);
	const json_t *prog = json_object_get(answer, "prog");
	const char *mode = json_string_value(json_object_get(answer, "mode"));

	memset(out, 0, sizeof(*out));
	out->mode = mode ? mode_from_name(mode) : MODE_NONE;
	out->prog_id = json_integer_value(json_object_get(prog, "id"));
	if (out->mode == MODE_NONE)
		explain(answer, out);
	if (!json_is_object(answer) ||
	    (out->mode != MODE_NONE && !out->prog_id)) {
		json_decref(answer);
		return -EBADMSG;
	}
	json_decref(answer);
	return 0;
}
