/* SPDX-License-Identifier: GPL-2.0-only */
#include <string.h>

#include "card/stats.h"

void stats_clear(struct stats *stats)
{
	memset(stats, 0, sizeof(*stats));
}

static void add(struct stats_range *range, uint64_t frames, uint32_t value)
{
	if (!frames || value < range->min)
		range->min = value;
	if (value > range->max)
		range->max = value;
	range->sum += value;
}

void stats_count(struct stats *stats, enum program_verdict verdict,
		 uint32_t bytes, const struct program_cost *cost)
{
	struct stats_row *row = &stats->verdict[verdict];

	add(&row->instructions, row->frames, cost->instructions);
	add(&row->commands, row->frames, cost->commands);
	add(&row->calls, row->frames, cost->calls);
	row->frames++;
	row->bytes += bytes;
}

static double mean(const struct stats_range *range, uint64_t frames)
{
	return (double)range->sum / frames;
}

static void print_range(const struct stats_range *range, uint64_t frames,
			FILE *out)
{
	char text[64] = "-";

	if (frames)
		snprintf(text, sizeof(text), "%u/%.1f/%u", range->min,
			 mean(range, frames), range->max);
	fprintf(out, " %20s", text);
}

void stats_print(const struct stats *stats, unsigned int port,
		 const char *stopped, FILE *out)
{
	fprintf(out, "port %u %12s %14s %20s %20s %20s\n", port, "frames",
		"bytes", "instructions", "memory commands", "routine calls");
	for (int v = 0; v < PROGRAM_VERDICTS; v++) {
		const struct stats_row *row = &stats->verdict[v];

		fprintf(out, "%-7s%12llu %14llu", program_verdict_name[v],
			(unsigned long long)row->frames,
			(unsigned long long)row->bytes);
		print_range(&row->instructions, row->frames, out);
		print_range(&row->commands, row->frames, out);
		print_range(&row->calls, row->frames, out);
		fputc('\n', out);
	}
	fprintf(out, "filtered %llu, no room %llu\n",
		(unsigned long long)stats->filtered,
		(unsigned long long)stats->no_room);
	if (*stopped)
		fprintf(out, "stopped: %s\n", stopped);
}

static void json_range(const char *name, const struct stats_range *range,
		       uint64_t frames, FILE *out)
{
	fprintf(out, ",\"%s\":", name);
	if (!frames)
		fputs("{\"min\":null,\"mean\":null,\"max\":null}", out);
	else
		fprintf(out, "{\"min\":%u,\"mean\":%.2f,\"max\":%u}",
			range->min, mean(range, frames), range->max);
}

static void json_row(const char *name, const struct stats_row *row, FILE *out)
{
	fprintf(out, "\"%s\":{\"frames\":%llu,\"bytes\":%llu", name,
		(unsigned long long)row->frames,
		(unsigned long long)row->bytes);
	json_range("instructions", &row->instructions, row->frames, out);
	json_range("memory_commands", &row->commands, row->frames, out);
	json_range("routine_calls", &row->calls, row->frames, out);
	fputc('}', out);
}

static void json_string(const char *text, FILE *out)
{
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			fprintf(out, "\\%c", *text);
		else if ((unsigned char)*text < ' ')
			fprintf(out, "\\u%04x", *text);
		else
			fputc(*text, out);
	}
	fputc('"', out);
}

void stats_print_json(const struct stats *stats, unsigned int port,
		      const char *stopped, FILE *out)
{
	fprintf(out, "{\"port\":%u,\"verdicts\":{", port);
	for (int v = 0; v < PROGRAM_VERDICTS; v++) {
		if (v)
			fputc(',', out);
		json_row(program_verdict_name[v], &stats->verdict[v], out);
	}
	fprintf(out, "},\"filtered\":%llu,\"no_room\":%llu,\"stopped\":",
		(unsigned long long)stats->filtered,
		(unsigned long long)stats->no_room);
	if (*stopped)
		json_string(stopped, out);
	else
		fputs("null", out);
	fputc('}', out);
}
