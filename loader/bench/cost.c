/* SPDX-License-Identifier: GPL-2.0-only */
/* What a program costs, by the accounts of a card and of the kernel. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "bench/measure.h"
#include "bench/send.h"
#include "emulated.h"

#define PROGRAM_SHARE 1 /* of a repeat's time */
#define CARD_PER_S    1000
#define CARD_SECONDS  0.5

int bench_measure_card(struct bench *b, struct bench_row *row)
{
	const struct emulated_cost *tx;
	struct emulated_counts counts;
	struct stream_counts c;
	int err = emulated_clear()
			  ?: bench_send_for(b, CARD_PER_S,
				   CARD_SECONDS, &c, NULL)
			  ?: emulated_read(b->emulated.port, &counts);

	if (err)
		return err;
	bench_judge(b, row, &c);
	bench_counts_add(&row->total, &c);
	tx = &counts.cost[EMULATED_TX];
	row->card = (struct bench_card){
		.known = tx->frames,
		.instructions = tx->instructions.mean,
		.memory_commands = tx->commands.mean,
		.packets = tx->frames,
	};
	return 0;
}

/* Of a program: time spent, and runs. */
static int read_cost(int fd, double *ns, double *runs)
{
	struct bpf_prog_info info = {};
	__u32 len = sizeof(info);

	if (bpf_obj_get_info_by_fd(fd, &info, &len))
		return -errno;
	*ns = info.run_time_ns;
	*runs = info.run_cnt;
	return 0;
}

static int count_program(struct bench *b, struct bench_row *row, int prog)
{
	double seconds = PROGRAM_SHARE * b->options->seconds, ns[2], runs[2];
	struct stream_counts c;
	int err = read_cost(prog, &ns[0], &runs[0])
			  ?: bench_send_for(b, 0, seconds, &c, NULL)
			  ?: read_cost(prog, &ns[1], &runs[1]);

	if (err)
		return err;
	bench_judge(b, row, &c);
	if (runs[1] > runs[0])
		row->program_ns[row->program_runs++] =
			(ns[1] - ns[0]) / (runs[1] - runs[0]);
	else
		snprintf(row->program_why, sizeof(row->program_why),
			 "the kernel counted no run of it");
	return 0;
}

static int no_account(struct bench_row *row, const char *what, int err)
{
	snprintf(row->program_why, sizeof(row->program_why), "%s: %s", what,
		 strerror(err));
	return 0;
}

int bench_measure_program(struct bench *b, struct bench_row *row,
			  const struct bench_attached *attached)
{
	int stats, prog, err;

	/* The kernel does not count what a card runs. */
	if (attached->mode == MODE_NONE || attached->mode == MODE_HW)
		return 0;
	stats = bpf_enable_stats(BPF_STATS_RUN_TIME);
	if (stats < 0)
		return no_account(row, "BPF_ENABLE_STATS", errno);
	prog = bpf_prog_get_fd_by_id(attached->prog_id);
	err = prog < 0 ? no_account(row, "the program", errno)
		       : count_program(b, row, prog);
	close(stats);
	if (prog >= 0)
		close(prog);
	return err;
}
