/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <bpf/libbpf.h>

#include "bpflog.h"

static bool print_all;
static char first[512];
static char refused_map[64];

/* libbpf has no other way to say which map it was. */
static void keep_map(const char *text)
{
	if (strstr(text, "failed to create"))
		sscanf(text, "map '%63[^']'", refused_map);
}

static int keep(enum libbpf_print_level level, const char *format, va_list args)
{
	static const char prefix[] = "libbpf: ";
	char text[sizeof(first)];
	const char *start = text;

	vsnprintf(text, sizeof(text), format, args);
	if (print_all)
		fputs(text, stderr);
	if (level != LIBBPF_WARN)
		return 0;
	if (!strncmp(text, prefix, strlen(prefix)))
		start += strlen(prefix);
	keep_map(start);
	if (!first[0]) {
		snprintf(first, sizeof(first), "%s", start);
		first[strcspn(first, "\n")] = '\0';
	}
	return 0;
}

void bpflog_take(bool verbose)
{
	print_all = verbose;
	libbpf_set_print(keep);
	bpflog_clear();
}

void bpflog_clear(void)
{
	first[0] = '\0';
	refused_map[0] = '\0';
}

const char *bpflog_first(void)
{
	return first;
}

const char *bpflog_refused_map(void)
{
	return refused_map[0] ? refused_map : NULL;
}
