/* SPDX-License-Identifier: GPL-2.0-only */
/* offload-load IFACE... --stats[=SECONDS] */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "commands.h"
#include "counters.h"
#include "output.h"
#include "report.h"

/* One interface between two readings. */
struct watched {
	__u32 stats_id; /* of the last reading, whose rates make sense */
	double time;	/* seconds */
	struct counter last[COUNTERS_MAX];
};

struct watch {
	struct watched *of; /* by interface */
	int at;
};

static double now(void)
{
	return clock_now_ns() / 1e9;
}

/* Packets in a second; -1 where there is nothing to compare with. */
static double rate(const struct watched *w, const struct installed *prog,
		   const struct counter *c, int i)
{
	if (w->stats_id != prog->stats_id || !w->time ||
	    c[i].value < w->last[i].value)
		return -1;
	return (c[i].value - w->last[i].value) / (now() - w->time);
}

static void print_counters(const struct device *dev,
			   const struct installed *prog,
			   const struct counter *c, int count,
			   const struct watched *w)
{
	printf("%s: %s mode, ", dev->name, mode_name(prog->mode));
	report_program_text(stdout, dev, prog);
	putchar('\n');
	for (int i = 0; i < count; i++) {
		double r = rate(w, prog, c, i);

		printf("\t%-13s %12llu", c[i].name,
		       (unsigned long long)c[i].value);
		if (r >= 0)
			printf(" %12.0f/s", r);
		if (c[i].source)
			printf("  (%s)", c[i].source);
		putchar('\n');
	}
	output_flush();
}

static void fill_json(const struct device *dev, const struct installed *prog,
		      const struct counter *c, int count,
		      const struct watched *w, json_t *out)
{
	json_t *counters = json_object(), *rates = json_object();

	for (int i = 0; i < count; i++) {
		double r = rate(w, prog, c, i);

		json_object_set_new(counters, c[i].name,
				    json_integer(c[i].value));
		if (r >= 0)
			json_object_set_new(rates, c[i].name, json_real(r));
	}
	json_object_set_new(out, "mode", json_string(mode_name(prog->mode)));
	json_object_set_new(out, "prog", report_program(dev, prog));
	json_object_set_new(out, "packets", counters);
	if (json_object_size(rates))
		json_object_set_new(out, "packets_per_s", json_incref(rates));
	json_decref(rates);
}

static enum exit_code no_responder(const struct device *dev,
				   const struct installed_list *list)
{
	const struct installed *other = list->count ? &list->at[0] : NULL;
	char text[UNREADABLE_MAX];

	if (!other) {
		report_error(dev->name, "no responder attached");
		return EXIT_REFUSED;
	}
	if (other->unreadable) {
		installed_unreadable(other, text);
		report_error(dev->name, "%s", text);
		return EXIT_UNAVAILABLE;
	}
	report_error(dev->name,
		     "the program in %s mode, %s id %u, is not a responder",
		     mode_name(other->mode), other->name, other->id);
	return EXIT_TAKEN;
}

static enum exit_code stats_one(const struct options *options, struct nl *nl,
				const char *ifname, json_t *out, void *data)
{
	struct counter counters[COUNTERS_MAX];
	struct installed_list list;
	struct watch *watch = data;
	struct watched *w = &watch->of[watch->at++ % options->count];
	const struct installed *prog;
	struct device dev;
	int count;
	enum exit_code code = report_look_at(nl, ifname, &dev, &list, out);

	if (code)
		return code;
	prog = installed_ours(&list);
	if (!prog)
		return no_responder(&dev, &list);
	count = counters_read(&dev, prog, counters);
	if (count < 0) {
		report_error(ifname, "counters cannot be read: %s",
			     strerror(-count));
		return EXIT_UNAVAILABLE;
	}
	if (options->json)
		fill_json(&dev, prog, counters, count, w, out);
	else
		print_counters(&dev, prog, counters, count, w);
	w->stats_id = prog->stats_id;
	w->time = now();
	memcpy(w->last, counters, count * sizeof(*counters));
	return EXIT_OK;
}

static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

/* Readings keep to the clock, however long one takes. */
static void sleep_until(double when)
{
	struct timespec t = { .tv_sec = when };

	t.tv_nsec = (when - t.tv_sec) * 1e9;
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

int stats_main(const struct options *options)
{
	struct sigaction action = { .sa_handler = on_signal };
	struct watch watch = {
		.of = calloc(options->count, sizeof(struct watched)),
	};
	double next = now();
	int code;

	if (!watch.of) {
		report_error("offload-load", "%s", strerror(ENOMEM));
		return EXIT_UNAVAILABLE;
	}
	if (options->interval) {
		sigaction(SIGINT, &action, NULL);
		sigaction(SIGTERM, &action, NULL);
	}
	for (;;) {
		code = report_each(options, stats_one, &watch);
		next += options->interval;
		if (!options->interval || code || stop || ferror(stdout))
			break;
		sleep_until(next);
		if (stop)
			break;
	}
	free(watch.of);
	return code;
}
