/* SPDX-License-Identifier: GPL-2.0-only */
/* offload-bench IFACE --peer=IFACE [OPTION]... */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <bpf/libbpf.h>

#include "bench/bench.h"
#include "bench/show.h"
#include "nap.h"
#include "output.h"
#include "report.h"

static void complain(const char *text)
{
	fprintf(stderr, "offload-bench: %s\n", text);
}

static void print(const struct bench *b)
{
	struct bench_machine machine;

	bench_machine_read(&machine);
	if (b->options->json)
		report_line(bench_json(b, &machine));
	else
		bench_table(stdout, b, &machine);
}

/* Of a run that was cut short there may be nothing to draw, which is no second
 * failure.
 */
static enum exit_code draw(const struct bench *b)
{
	char why[BENCH_WHY_MAX];
	int err = b->options->plot
			  ? bench_plot(b->options->plot, b, why, sizeof(why))
			  : 0;

	if (!err || (err == -ENODATA && b->ended_early))
		return EXIT_OK;
	complain(why);
	return EXIT_USAGE;
}

static enum exit_code run(const struct bench_options *options)
{
	static struct bench b;
	enum exit_code code, drawn = EXIT_OK;
	int err;

	b.options = options;
	nap_block_signals();
	if (!options->verbose)
		libbpf_set_print(NULL);
	code = options->plot
		       ? bench_plot_check(options->plot, b.why, sizeof(b.why))
		       : EXIT_OK;
	if (code) {
		complain(b.why);
		return code;
	}
	code = bench_begin(&b);
	if (!code) {
		code = bench_run(&b);
		print(&b);
		drawn = draw(&b);
	}
	if (code)
		complain(b.why);
	err = bench_end(&b);
	if (err) {
		fprintf(stderr, "offload-bench: not put back as it was: %s\n",
			strerror(-err));
		code = code ?: EXIT_UNAVAILABLE;
	}
	return code ?: drawn;
}

int main(int argc, char **argv)
{
	struct bench_options options;
	char why[256] = "";
	int code = EXIT_OK;

	output_start();
	if (bench_options_parse(argc, argv, &options, why, sizeof(why))) {
		complain(*why ? why : strerror(ENOMEM));
		return EXIT_USAGE;
	}
	if (options.task == BENCH_HELP)
		bench_options_help(stdout);
	else if (options.task == BENCH_VERSION)
		puts("offload-bench " VERSION);
	else
		code = run(&options);
	return output_close("offload-bench") || code ? code : EXIT_USAGE;
}
