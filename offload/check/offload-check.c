/* SPDX-License-Identifier: GPL-2.0-only */
/* offload-check OBJECT [--section NAME] [--firmware PROFILE] ... */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "check_both.h"
#include "check_json.h"
#include "check_listing.h"
#include "check_options.h"
#include "check_text.h"
#include "output.h"
#include "text.h"

enum exit_code {
	EXIT_ACCEPTED = 0,
	EXIT_REFUSED = 1,
	EXIT_UNUSABLE = 2, /* usage, or an object that cannot be read */
	EXIT_UNDECIDED = 3,
};

static enum exit_code code_of(enum check_verdict verdict)
{
	switch (verdict) {
	case CHECK_ACCEPTED:
		return EXIT_ACCEPTED;
	case CHECK_REFUSED:
		return EXIT_REFUSED;
	default:
		return EXIT_UNDECIDED;
	}
}

/* Of several programs: what is certain to fail is worse than what may. */
static enum exit_code worst_of(const struct check_both *both)
{
	enum exit_code worst = EXIT_ACCEPTED;

	for (size_t i = 0; i < both->count; i++) {
		enum exit_code code = code_of(check_verdict_of(both, i));

		if (worst != EXIT_REFUSED && code != EXIT_ACCEPTED)
			worst = code;
	}
	return worst;
}

/* It is one sentence on a terminal, whatever the names hold. */
static void put_sentence(const char *object, const char *why)
{
	fputs("offload-check: ", stderr);
	text_put(stderr, object);
	fputs(": ", stderr);
	text_put(stderr, why);
	fputc('\n', stderr);
}

static enum exit_code tell(const struct check_arguments *args,
			   const struct check_both *both)
{
	int err = 0;

	if (args->json)
		err = check_json(stdout, args, both);
	for (size_t i = 0; !args->json && i < both->count; i++)
		check_text(stdout, args, both, i);
	if (!err)
		return worst_of(both);
	put_sentence(args->object, strerror(-err));
	return EXIT_UNUSABLE;
}

static enum exit_code check_main(const struct check_arguments *args)
{
	struct check_both both;
	char why[512] = "";
	enum exit_code code;

	if (check_both(args, &both, why, sizeof(why))) {
		put_sentence(args->object, why);
		return EXIT_UNUSABLE;
	}
	code = tell(args, &both);
	check_both_free(&both);
	return code;
}

static enum exit_code run(const struct check_arguments *args)
{
	switch (args->command) {
	case CHECK_COMMAND_HELP:
		check_options_help(stdout);
		return EXIT_ACCEPTED;
	case CHECK_COMMAND_VERSION:
		puts("offload-check " VERSION);
		return EXIT_ACCEPTED;
	default:
		return check_main(args);
	}
}

static enum exit_code close_output(enum exit_code code)
{
	return output_close("offload-check") ? code : EXIT_UNUSABLE;
}

int main(int argc, char **argv)
{
	struct check_arguments args;
	char why[512] = "";

	signal(SIGPIPE, SIG_IGN); /* writing tells it */
	if (check_options_parse(argc, argv, &args, why, sizeof(why))) {
		fprintf(stderr,
			"offload-check: %s (see offload-check --help)\n", why);
		return close_output(EXIT_UNUSABLE);
	}
	return close_output(run(&args));
}
