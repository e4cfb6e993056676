/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "bpflog.h"
#include "commands.h"
#include "output.h"

static int help_main(const struct options *options)
{
	(void)options;
	options_help(stdout);
	return EXIT_OK;
}

static int version_main(const struct options *options)
{
	(void)options;
	puts("offload-load " VERSION);
	return EXIT_OK;
}

static int (*const commands[])(const struct options *options) = {
	[COMMAND_LOAD] = load_main,   [COMMAND_STATUS] = status_main,
	[COMMAND_STATS] = stats_main, [COMMAND_OFF] = off_main,
	[COMMAND_HELP] = help_main,   [COMMAND_VERSION] = version_main,
};

int main(int argc, char **argv)
{
	struct options options;
	char why[512] = "";
	int code;

	/* Writing tells it, and must not end a load half way. */
	signal(SIGPIPE, SIG_IGN);
	code = options_parse(argc, argv, &options, why, sizeof(why));
	if (code) {
		fprintf(stderr, "offload-load: %s (see offload-load --help)\n",
			code == -ENOMEM ? strerror(ENOMEM) : why);
		code = EXIT_USAGE;
	} else {
		bpflog_take(options.verbose);
		code = commands[options.command](&options);
	}
	options_free(&options);
	return output_close("offload-load") || code ? code : EXIT_USAGE;
}
