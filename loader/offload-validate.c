/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <bpf/libbpf.h>

#include "array.h"
#include "output.h"
#include "validate/report.h"

/* Exit codes, as documented in offload-validate(8). */
enum {
	VALIDATE_RIGHT,
	VALIDATE_USAGE,
	VALIDATE_WRONG,
	VALIDATE_UNAVAILABLE,
	VALIDATE_SILENT,
	VALIDATE_IN_PART, /* interrupted, or the interface went away */
};

static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	stop = signal;
}

/* The first ends it early, with what there is; the second at once, and what
 * was changed goes with the process.
 */
static void take_signals(void)
{
	static const int ends[] = { SIGINT,  SIGTERM, SIGHUP, SIGQUIT,
				    SIGALRM, SIGUSR1, SIGUSR2 };
	struct sigaction action = {
		.sa_handler = on_signal,
		.sa_flags = SA_RESETHAND,
	};

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		sigaction(ends[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static int quiet(enum libbpf_print_level level, const char *format,
		 va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

static int code_of(int err)
{
	switch (err) {
	case -EINVAL:
		return VALIDATE_USAGE;
	case -ETIMEDOUT:
		return VALIDATE_SILENT;
	case -EINTR:
		return VALIDATE_IN_PART;
	default:
		return VALIDATE_UNAVAILABLE;
	}
}

static int fail(int code, const char *why)
{
	fprintf(stderr, "offload-validate: %s\n", why);
	return code;
}

static enum ending ending_of(const struct run *run, int err)
{
	bool unanswered = false;

	for (int v6 = 0; v6 < 2; v6++)
		unanswered |= run->end->family[v6].asked && !run->answered[v6];
	switch (err) {
	case 0:
		return unanswered || run_failures(run) ? ENDING_WRONG
						       : ENDING_RIGHT;
	case -EINTR:
		return ENDING_INTERRUPTED;
	case -ETIMEDOUT:
		return ENDING_SILENT;
	case -ENETDOWN:
	case -ENODEV:
	case -ENXIO:
		return ENDING_LOST;
	default:
		return ENDING_ERROR;
	}
}

static const struct {
	int code;
	const char *why; /* NULL: the results say it */
} endings[] = {
	[ENDING_RIGHT] = { VALIDATE_RIGHT, NULL },
	[ENDING_WRONG] = { VALIDATE_WRONG, NULL },
	[ENDING_SILENT] = { VALIDATE_SILENT, NULL },
	[ENDING_LOST] = { VALIDATE_IN_PART, "the interface went away or "
					    "down meanwhile" },
	[ENDING_INTERRUPTED] = { VALIDATE_IN_PART, "interrupted" },
	[ENDING_ERROR] = { VALIDATE_IN_PART, NULL },
};

static void say_why(const struct run *run, enum ending ending, int err)
{
	const char *why = endings[ending].why;

	if (ending == ENDING_SILENT)
		why = run->answered[0] || run->answered[1] ? "no reply any more"
							   : "no reply at all";
	if (ending == ENDING_ERROR)
		why = strerror(-err);
	if (!why)
		return;
	fprintf(stderr, "offload-validate: %s: %s", run->end->name, why);
	if (ending == ENDING_SILENT && run->peer->shut)
		fprintf(stderr,
			"; %s, a veth, takes in what XDP sends back only with "
			"a program of its own, and was refused it: %s",
			run->options->peer, strerror(-run->peer->shut));
	fputc('\n', stderr);
}

static void no_progress(const struct run *run, const struct tally *tally)
{
	(void)run;
	(void)tally;
}

static int ask_all(struct run *run)
{
	bool json = run->options->json;
	enum ending ending;
	int err;

	run->progress = json ? no_progress : report_text_group;
	if (!json)
		report_text_begin(run);
	err = run_all(run);
	/* A port that goes down while it sends may say that it has no room. */
	if (err == -ENOBUFS)
		err = peer_await_loss(run->peer) ?: err;
	ending = ending_of(run, err);
	if (json)
		report_json(run, ending);
	else
		report_text_end(run, ending);
	output_flush();
	say_why(run, ending, err);
	run_free(run);
	return endings[ending].code;
}

static int with_capture(struct run *run)
{
	const char *file = run->options->capture;
	char why[512];
	int err, code;

	err = file ? capture_open(&run->capture, file) : 0;
	if (err) {
		snprintf(why, sizeof(why), "%s: %s", file, strerror(-err));
		return fail(VALIDATE_USAGE, why);
	}
	code = ask_all(run);
	if (!capture_close(run->capture))
		return code;
	snprintf(why, sizeof(why), "%s: cannot be written", file);
	return fail(code ?: VALIDATE_USAGE, why);
}

static int fail_without_address(const struct validate_options *options,
				const struct end *end)
{
	char why[512];

	snprintf(why, sizeof(why), "%s: there is no address to ask: %s",
		 end->name, end->family[options->ip6].why_not);
	return fail(VALIDATE_SILENT, why);
}

static int validate(const struct validate_options *options)
{
	struct peer peer;
	struct end end = {};
	struct run run = {
		.options = options,
		.peer = &peer,
		.end = &end,
		.stop = &stop,
	};
	char why[512] = "";
	int code, err = peer_open(&peer, options, why, sizeof(why));

	if (!err)
		err = options->ifname ? end_of_interface(options, &peer, &end,
							 why, sizeof(why))
				      : end_of_address(options, &peer, &end,
						       why, sizeof(why));
	if (stop)
		code = fail(VALIDATE_IN_PART, "interrupted");
	else if (err)
		code = fail(code_of(err), why);
	else if (!end.family[0].asked && !end.family[1].asked)
		code = fail_without_address(options, &end);
	else if (options->groups && !groups_have_cases(options->groups, &end))
		code = fail(VALIDATE_USAGE, "--groups: these have no cases of "
					    "what is to be asked");
	else
		code = with_capture(&run);
	end_free(&end);
	peer_close(&peer);
	return code;
}

int main(int argc, char **argv)
{
	struct validate_options options;
	char why[512] = "";
	int code;

	take_signals();
	libbpf_set_print(quiet);
	code = validate_options_parse(argc, argv, &options, why, sizeof(why));
	if (code) {
		fprintf(stderr,
			"offload-validate: %s (see offload-validate --help)\n",
			code == -ENOMEM ? strerror(ENOMEM) : why);
		code = VALIDATE_USAGE;
	} else if (options.command == VALIDATE_HELP) {
		validate_options_help(stdout);
	} else if (options.command == VALIDATE_VERSION) {
		puts("offload-validate " VERSION);
	} else {
		code = validate(&options);
	}
	validate_options_free(&options);
	return output_close("offload-validate") || code ? code : VALIDATE_USAGE;
}
