/* SPDX-License-Identifier: GPL-2.0-only */
/* offload-load IFACE... [--hw|--driver|--generic|--tc] [--trace] ... */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "caps.h"
#include "commands.h"
#include "load.h"
#include "report.h"

/* Interfaces that are being traced. */
struct tracing {
	struct load *loads;
	size_t count;
};

static enum exit_code load_one(const struct options *options, struct nl *nl,
			       const char *ifname, json_t *out, void *data)
{
	struct load load = {
		.options = options,
		.trace = options->trace,
		.nl = nl,
		.kmsg = -1,
	};
	struct tracing *tracing = data;
	enum exit_code code = report_look_up(ifname, &load.dev, out);

	if (code)
		return code;
	if (options->trace && !caps_can_look()) {
		report_error(ifname, "no permission: CAP_SYS_ADMIN missing to "
				     "put the silent program back after "
				     "tracing");
		return EXIT_UNAVAILABLE;
	}
	code = load_attach(&load, out);
	if (!code && options->trace)
		tracing->loads[tracing->count++] = load;
	else
		load_end(&load);
	return code;
}

/* Is the tracing program still the one that its interface has? */
static bool is_still_there(struct load *l)
{
	const struct installed *there;
	struct installed_list now;

	if (installed_read(l->nl, l->dev.ifindex, &now))
		return false;
	there = installed_in(&now, l->attached.mode);
	return there && there->id == l->attached.id;
}

/* Put the silent build in the tracing one's place, with the same targets. */
static enum exit_code silence(struct load *l)
{
	struct options quiet = *l->options;
	struct load silent = {
		.options = &quiet,
		.silent = true,
		.dev = l->dev,
		.nl = l->nl,
		.kmsg = -1,
	};
	enum exit_code code = EXIT_MISMATCH;

	quiet.mode = l->attached.mode;
	quiet.only = true;
	quiet.json = false;
	quiet.automatic = false;
	quiet.targets = *l->targets;
	if (!is_still_there(l))
		report_error(l->dev.name, "the tracing program is gone");
	else if ((code = load_attach(&silent, NULL)))
		report_error(l->dev.name, "the tracing program stays");
	load_end(&silent);
	return code;
}

/* Until the last of them is gone. */
static bool goes_on(void *data)
{
	struct tracing *tracing = data;

	for (size_t i = 0; i < tracing->count; i++)
		if (is_still_there(&tracing->loads[i]))
			return true;
	return false;
}

static enum exit_code follow(struct tracing *tracing)
{
	struct trace *listeners[tracing->count];
	enum exit_code worst = EXIT_OK, code;
	struct nl nl;

	if (nl_open(&nl, NETLINK_ROUTE))
		return EXIT_UNAVAILABLE;
	for (size_t i = 0; i < tracing->count; i++) {
		struct load *l = &tracing->loads[i];

		listeners[i] = l->listener;
		l->nl = &nl;
		if (l->options->automatic) /* it has moved since */
			l->targets = &l->found;
	}
	trace_run(listeners, tracing->count, goes_on, tracing);
	for (size_t i = 0; i < tracing->count; i++) {
		code = silence(&tracing->loads[i]);
		if (code > worst)
			worst = code;
		trace_finish(listeners[i]);
		load_end(&tracing->loads[i]);
	}
	nl_close(&nl);
	return worst;
}

int load_main(const struct options *options)
{
	struct tracing tracing = {
		.loads = calloc(options->count, sizeof(struct load)),
	};
	int code, traced = EXIT_OK;

	if (!tracing.loads) {
		report_error("offload-load", "%s", strerror(ENOMEM));
		return EXIT_UNAVAILABLE;
	}
	code = report_each(options, load_one, &tracing);
	if (tracing.count)
		traced = follow(&tracing);
	free(tracing.loads);
	return traced > code ? traced : code;
}
