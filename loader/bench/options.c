/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "array.h"
#include "args.h"
#include "bench/plan.h"
#include "wire/stream.h"

#define SIZE_LEAST 60	 /* what an Ethernet pads to, without FCS */
#define SIZE_MOST  65535 /* the MTU decides */

static int set_task(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;

	(void)arg;
	o->task = *name == 'h' ? BENCH_HELP : BENCH_VERSION;
	return 0;
}

#define SETTER(field)                                                  \
	static int set_##field(struct args *args, const char *name,    \
			       const char *arg)                        \
	{                                                              \
		struct bench_options *o = args->out;                   \
                                                                       \
		if (!*arg)                                             \
			return args_fail(args, "--%s is empty", name); \
		o->field = arg;                                        \
		return 0;                                              \
	}
SETTER(peer)
SETTER(netns)
SETTER(plot)

ARGS_SETTER(set_json, struct bench_options, o, o->json = true)
ARGS_SETTER(set_verbose, struct bench_options, o, o->verbose = true)

static int set_sender(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;
	const char *known;

	for (unsigned int i = 0; (known = stream_sender_name(i)); i++)
		if (!strcmp(known, arg)) {
			o->sender = known;
			return 0;
		}
	return args_fail(args, "--%s=%s: not a sender: see --help", name, arg);
}

static int set_family(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;
	int family = !strcmp(name, "ipv4") ? AF_INET : AF_INET6;

	(void)arg;
	if (o->family && o->family != family)
		return args_fail(args, "--ipv4 and --ipv6 exclude each other");
	o->family = family;
	return 0;
}

/* A list's next word, which is cut out of @rest. NULL behind the last. */
static const char *next_word(const char **rest, char *word, size_t room)
{
	size_t len;

	if (!*rest)
		return NULL;
	len = strcspn(*rest, ",");
	snprintf(word, room, "%.*s", (int)len, *rest);
	*rest = (*rest)[len] ? *rest + len + 1 : NULL;
	return word;
}

static int add(struct args *args, const char *name, struct bench_list *list,
	       unsigned int value)
{
	for (unsigned int i = 0; i < list->count; i++)
		if (list->at[i] == value)
			return 0;
	if (list->count == ARRAY_SIZE(list->at))
		return args_fail(args, "--%s takes at most %d values", name,
				 BENCH_LIST_MAX);
	list->at[list->count++] = value;
	return 0;
}

static int set_modes(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;
	const char *rest = arg;
	enum bench_mode mode;
	char word[32];
	int err = 0;

	o->modes.count = 0;
	while (!err && next_word(&rest, word, sizeof(word))) {
		mode = bench_mode_from_name(word);
		if (mode == BENCH_MODES)
			return args_fail(args,
					 "\"%s\" is no mode: hw, driver, "
					 "generic, tc, stack or baseline",
					 word);
		err = add(args, name, &o->modes, mode);
	}
	return err;
}

static int set_numbers(struct args *args, const char *name, const char *arg,
		       unsigned long least, unsigned long most,
		       struct bench_list *list)
{
	const char *rest = arg;
	char word[32], what[64];
	unsigned long number;
	int err = 0;

	snprintf(what, sizeof(what), "a number from %lu to %lu", least, most);
	list->count = 0;
	while (!err && next_word(&rest, word, sizeof(word)))
		err = args_number(args, name, word, least, most, what, &number)
			      ?: add(args, name, list, number);
	return err;
}

static int set_sizes(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;

	return set_numbers(args, name, arg, SIZE_LEAST, SIZE_MOST, &o->sizes);
}

static int set_targets(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;

	return set_numbers(args, name, arg, 1, STREAM_TARGETS_MAX, &o->targets);
}

static int set_repeat(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;
	unsigned long number = 0;
	int err = args_number(args, name, arg, 1, BENCH_REPEAT_MAX,
			      "a number from 1 to 100", &number);

	o->repeat = number;
	return err;
}

static int set_cpu(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;
	unsigned long number = 0;
	int err = args_number(args, name, arg, 0, INT_MAX,
			      "the number of a CPU", &number);

	o->cpu = number;
	return err;
}

static int set_seconds(struct args *args, const char *name, const char *arg)
{
	struct bench_options *o = args->out;
	char *end;
	double seconds = strtod(arg, &end);

	if (*end || *arg < '0' || *arg > '9' || !isfinite(seconds) ||
	    seconds < 0.05 || seconds > BENCH_SECONDS_MAX)
		return args_fail(args,
				 "--%s=%s: not a number of seconds from 0.05 "
				 "to %d",
				 name, arg, BENCH_SECONDS_MAX);
	o->seconds = seconds;
	return 0;
}

static const struct args_row rows[] = {
	{ "peer", 'p', set_peer, "=IFACE",
	  "the interface that sends; it is wired to the first", 0 },
	{ "netns", 'n', set_netns, "=NS", "where the peer is", 0 },
	{ "modes", 'm', set_modes, "=MODE[,MODE...]",
	  "of hw, driver, generic, tc, stack, baseline (default: all)", 0 },
	{ "sizes", 's', set_sizes, "=BYTES[,BYTES...]",
	  "of frames, from the Ethernet header on, without FCS "
	  "(64,128,512,1500)",
	  0 },
	{ "targets", 't', set_targets, "=NUMBER[,NUMBER...]",
	  "of addresses asked in turn (1,64)", 0 },
	{ "seconds", 0, set_seconds, "=SECONDS",
	  "of each repeat at the highest rate (0.1)", 0 },
	{ "repeat", 'r', set_repeat, "=NUMBER", "of repeats (9)", 0 },
	{ "ipv4", '4', set_family, "", "echo requests over IPv4", 0 },
	{ "ipv6", '6', set_family, "", "over IPv6", 0 },
	{ "sender", 0, set_sender, "=NAME",
	  "one of those below, not the fastest that works", 0 },
	{ "cpu", 0, set_cpu, "=NUMBER", "that sends (the last)", 0 },
	{ "plot", 0, set_plot, "=FILE.svg", "draw rates and times", 0 },
	{ "json", 'j', set_json, "", "JSON on standard output", 0 },
	{ "verbose", 'v', set_verbose, "",
	  "each repeat, and what offload-load says, on standard error", 0 },
	{ "help", 'h', set_task, "", "this", 0 },
	{ "version", 'V', set_task, "", "the version", 0 },
};

void bench_options_help(FILE *to)
{
	const char *name;

	fputs("Usage: offload-bench IFACE --peer=IFACE [OPTION]...\n"
	      "Compare the places in which IFACE can answer pings: send echo "
	      "requests from a\nport that is wired to it, and count and judge "
	      "the replies.\n\n",
	      to);
	args_help(to, rows, ARRAY_SIZE(rows));
	fputs("\nEach size is measured with the first number of targets, and "
	      "each number of\ntargets with the first size.\nSenders:\n",
	      to);
	for (unsigned int i = 0; (name = stream_sender_name(i)); i++)
		fprintf(to, "  %-8s%s\n", name, stream_sender_text(name));
	fputs("Exit status: 0 measured, 1 usage, 2 wrong replies or nothing "
	      "measured, 3 no\ndevice, permission or wire, 4 another program "
	      "is there, 5 cut short;\nsee offload-bench(8).\n",
	      to);
}

static int check(struct args *args, char **words, int count)
{
	struct bench_options *o = args->out;

	if (o->task != BENCH_RUN)
		return 0;
	if (!count || !**words)
		return args_fail(args, "which interface?");
	if (count > 1)
		return args_fail(args, "one interface only: what is \"%s\"?",
				 words[1]);
	if (!o->peer)
		return args_fail(args,
				 "--peer is missing: the interface that "
				 "is wired to %s",
				 *words);
	o->ifname = *words;
	return 0;
}

int bench_options_parse(int argc, char **argv, struct bench_options *out,
			char *why, size_t room)
{
	struct args args = ARGS(rows, out, why, room);
	int first;

	*out = (struct bench_options){
		.sizes = { { 64, 128, 512, 1500 }, 4 },
		.targets = { { 1, 64 }, 2 },
		.repeat = 9,
		.seconds = 0.1,
		.cpu = -1,
	};
	for (unsigned int i = 0; i < BENCH_MODES; i++)
		out->modes.at[out->modes.count++] = i;
	first = args_parse(&args, argc, argv);
	return first < 0 ? first : check(&args, argv + first, argc - first);
}
