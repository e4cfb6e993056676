/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdlib.h>
#include <string.h>

#include "card/card_state.h"

/* Each writes its reply, without the last line. @rest: what follows the
 * command's name, without blanks around it.
 */
struct command {
	const char *name;
	void (*run)(struct card *card, const char *rest, FILE *out);
	const char *usage;
	const char *help;
};

static void json(struct card *card, FILE *out)
{
	fputs("{\"ports\":[", out);
	for (unsigned int i = 0; i < card->config.ports; i++) {
		if (i)
			fputc(',', out);
		stats_print_json(&card->port[i].stats, i,
				 program_stopped(card->port[i].program), out);
	}
	fprintf(out, "],\"events_lost\":%llu}\n",
		(unsigned long long)card->events_lost);
}

static void stats(struct card *card, const char *rest, FILE *out)
{
	if (!strcmp(rest, "json")) {
		json(card, out);
		return;
	}
	if (*rest) {
		fputs("error: stats takes json or nothing\n", out);
		return;
	}
	for (unsigned int i = 0; i < card->config.ports; i++)
		stats_print(&card->port[i].stats, i,
			    program_stopped(card->port[i].program), out);
	fprintf(out, "events lost %llu\n",
		(unsigned long long)card->events_lost);
}

static void clear(struct card *card, const char *rest, FILE *out)
{
	(void)rest;
	(void)out;
	for (unsigned int i = 0; i < CARD_PORTS_MAX; i++)
		stats_clear(&card->port[i].stats);
	card->events_lost = 0;
}

static void maps(struct card *card, const char *rest, FILE *out)
{
	(void)rest;
	maps_print(card->maps, out);
}

static void image(struct card *card, const char *rest, FILE *out)
{
	unsigned int port = *rest - '0';
	const uint64_t *code;
	uint32_t len;

	if (strlen(rest) != 1 || port >= card->config.ports) {
		fprintf(out, "error: image takes a port below %u\n",
			card->config.ports);
		return;
	}
	code = program_image(card->port[port].program, &len);
	if (!code)
		fprintf(out, "error: port %u has no program\n", port);
	for (uint32_t i = 0; i < len; i++)
		fprintf(out, "%016llx\n", (unsigned long long)code[i]);
}

static void set(struct card *card, const char *rest, FILE *out)
{
	char why[256];

	if (card_config_set(&card->config, rest, why, sizeof(why)))
		fprintf(out, "error: %s\n", why);
	else if (strncmp(rest, "fault=", strlen("fault=")))
		fputs("the driver reads this when it probes: rmmod nfp; "
		      "modprobe nfp\n",
		      out);
}

static void reset(struct card *card, const char *rest, FILE *out)
{
	(void)rest;
	(void)out;
	card_reset(card);
}

static void help(struct card *card, const char *rest, FILE *out);

static const struct command commands[] = {
	{ "stats", stats, "stats [json]",
	  "what programs decided, and its cost" },
	{ "clear", clear, "clear", "start counting again" },
	{ "maps", maps, "maps", "every map and its entries, in hexadecimal" },
	{ "image", image, "image PORT", "the loaded machine code" },
	{ "set", set, "set NAME=VALUE", "change a property" },
	{ "reset", reset, "reset",
	  "as after power on; the driver must probe again" },
	{ "help", help, "help", "this text, and the properties" },
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void help(struct card *card, const char *rest, FILE *out)
{
	(void)card;
	(void)rest;
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "%-16s %s\n", commands[i].usage, commands[i].help);
	fputc('\n', out);
	card_config_list(out);
}

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static void run(struct card *card, char *line, FILE *out)
{
	static const char blank[] = " \t\r\n";
	char *rest = line + strspn(line, blank), *name;
	const struct command *command;

	for (size_t i = strlen(rest); i && strchr(blank, rest[i - 1]); i--)
		rest[i - 1] = '\0';
	name = strsep(&rest, blank);
	command = find(name);
	if (command)
		command->run(card, rest ? rest + strspn(rest, blank) : "", out);
	else
		fprintf(out, "error: no command \"%s\"; help lists them\n",
			name);
}

void card_command(struct card *card, const char *line, FILE *out)
{
	char *copy = strdup(line);

	if (copy)
		run(card, copy, out);
	else
		fputs("error: out of memory\n", out);
	fputs(".\n", out);
	free(copy);
}
