/* SPDX-License-Identifier: GPL-2.0-only */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"

const char *const answer_stages[] = {
	[ANSWER_OK] = "ok",	    [ANSWER_OPEN] = "open",
	[ANSWER_MAP] = "map",	    [ANSWER_LOAD] = "load",
	[ANSWER_ATTACH] = "attach", [ANSWER_UNDECIDED] = "undecided",
};

static const char *error_name(int err)
{
	const char *name = strerrorname_np(err);

	if (!err)
		return "";
	if (err == 524) /* ENOTSUPP, which is the kernel's own */
		return "ENOTSUPP";
	return name ? name : "?";
}

void answer_print(const struct answer *a)
{
	json_t *line =
		json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:b, s:b}",
			  "name", a->name, "stage", answer_stages[a->stage],
			  "errno", error_name(a->err), "words", a->words, "log",
			  a->log, "length", (json_int_t)a->length, "explored",
			  (json_int_t)a->explored, "unsafe", a->unsafe,
			  "crashes", a->crashes);

	if (line)
		json_dumpf(line, stdout, JSON_COMPACT);
	json_decref(line);
	putchar('\n');
	fflush(stdout);
}

/* A line that says nothing about a refusal. */
static bool is_noise(const char *line)
{
	static const char *const noise[] = {
		"verification time ", "stack depth ", "processed ",
		"[nfp] warning:",     "func#",	      "; ",
	};

	for (size_t i = 0; i < sizeof(noise) / sizeof(noise[0]); i++)
		if (!strncmp(line, noise[i], strlen(noise[i])))
			return true;
	return !*line;
}

static void add_line(struct answer *a, const char *line, bool *driver)
{
	size_t used = strlen(a->log);
	bool is_driver = !strncmp(line, "[nfp] ", 6);

	sscanf(line, "processed %lu insns", &a->explored);
	if (is_noise(line))
		return;
	snprintf(a->log + used, sizeof(a->log) - used, "%s%s", used ? "\n" : "",
		 line);
	if (*driver && !is_driver)
		return;
	*driver = is_driver;
	snprintf(a->words, sizeof(a->words), "%s", line);
}

void answer_from_log(struct answer *a, const char *log)
{
	bool driver = false;
	char line[ANSWER_WORDS];

	a->words[0] = '\0';
	a->log[0] = '\0';
	while (*log) {
		size_t len = strcspn(log, "\n");

		snprintf(line, sizeof(line), "%.*s", (int)len, log);
		add_line(a, line, &driver);
		log += len + (log[len] == '\n');
	}
}
