/* SPDX-License-Identifier: GPL-2.0-only */
/* offload-lab [OPTION]... [COMMAND...] */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab_command.h"
#include "lab_dir.h"
#include "lab_loop.h"
#include "lab_options.h"
#include "lab_place.h"
#include "lab_qemu.h"
#include "lab_tty.h"
#include "lab_wire.h"
#include "output.h"

struct lab {
	const struct lab_options *options;
	bool tty;
	struct lab_place place;
	struct lab_dir dir;
	struct lab_wires wires;
	struct lab_qemu qemu;
};

/* Everything that can be known before something is started. */
static int check(struct lab *lab, struct lab_why *why)
{
	int err;

	if (geteuid())
		return lab_fail(why, "root is needed, for the tap and its "
				     "namespace: sudo offload-lab");
	err = lab_place_find(&lab->place, why);
	if (!err)
		err = lab_place_kernel(&lab->place, lab->options->kernel, why);
	if (!err)
		err = lab_place_check_qemu(&lab->place, why);
	return err;
}

static int start(struct lab *lab, struct lab_why *why)
{
	const struct lab_options *o = lab->options;
	struct lab_job job = {
		.words = o->command,
		.tty = lab->tty,
		.window = lab_tty_window(),
		.ports = o->config.ports,
	};
	struct lab_machine machine = {
		.place = &lab->place,
		.dir = &lab->dir,
		.wires = &lab->wires,
		.sets = o->sets,
		.tty = lab->tty,
		.verbose = o->verbose,
	};
	int err;

	lab_dir_sweep();
	err = lab_dir_make(&lab->dir, why);
	if (!err)
		err = lab_wires_make(&lab->wires, o, &lab->dir, why);
	if (!err)
		err = lab_command_write(&lab->dir, &lab->place, &job, why);
	if (!err)
		err = lab_qemu_start(&lab->qemu, &machine, why);
	return err;
}

static void tell_wires(const struct lab *lab)
{
	if (lab->options->quiet)
		return;
	if (lab->wires.cable)
		fputs("offload-lab: eth0 is joined to eth1\n", stderr);
	else
		fprintf(stderr,
			"offload-lab: %s is in namespace %s: ip netns exec %s "
			"ping 192.0.2.1\n",
			lab->wires.name[0], lab->wires.netns, lab->wires.netns);
}

/* Signals wait until they are looked at, so that what was made is removed. */
static int run_main(const struct lab_options *options, struct lab_why *why)
{
	struct lab lab = { .options = options };
	struct lab_watch watch = {
		.timeout_s = options->timeout_s,
		.boot_s = options->boot_s,
		.verbose = options->verbose,
	};
	int code = LAB_FAILED;
	sigset_t set;

	lab.tty = options->tty || (!*options->command && isatty(STDIN_FILENO));
	watch.tty = lab.tty;
	if (check(&lab, why))
		return LAB_FAILED;
	lab_loop_signals(&set);
	sigprocmask(SIG_BLOCK, &set, NULL);
	if (!start(&lab, why)) {
		tell_wires(&lab);
		code = lab_loop(&lab.qemu, &watch, why);
	}
	lab_qemu_kill(&lab.qemu);
	lab_dir_remove(&lab.dir);
	return code;
}

static int list_main(struct lab_why *why)
{
	struct lab_place place;
	int err = lab_place_find(&place, why);

	if (!err) {
		puts("Kernels:");
		lab_place_list(&place, stdout);
		putchar('\n');
	}
	card_config_list(stdout);
	return err ? LAB_FAILED : 0;
}

static int run_task(const struct lab_options *options, struct lab_why *why)
{
	switch (options->task) {
	case LAB_HELP:
		lab_options_help(stdout);
		return 0;
	case LAB_VERSION:
		puts("offload-lab " VERSION);
		return 0;
	case LAB_LIST:
		return list_main(why);
	default:
		return run_main(options, why);
	}
}

int main(int argc, char **argv)
{
	struct lab_options options;
	struct lab_why why = { "" };
	int code;

	output_start();
	signal(SIGPIPE, SIG_IGN);
	code = lab_options_parse(argc, argv, &options, &why);
	if (code == -ENOMEM)
		lab_fail(&why, "%s", strerror(ENOMEM));
	code = code ? LAB_FAILED : run_task(&options, &why);
	if (why.text[0])
		fprintf(stderr, "offload-lab: %s\n", why.text);
	lab_options_free(&options);
	if (!output_close("offload-lab") && !code)
		code = LAB_FAILED;
	return code;
}
