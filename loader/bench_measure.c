/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "bench_measure.h"
#include "bench_search.h"
#include "emulated.h"
#include "nap.h"
#include "traffic.h"

#define LINK_SECONDS	10
#define START_SECONDS	2
#define REPLY_SECONDS	2
#define WARM_UP_SECONDS 0.03 /* pages are made and rings filled by then */
#define SLICE_SECONDS	0.1  /* samples must not wait for longer */
/* Of a repeat's time at the highest rate. */
#define STEP_SHARE    0.5
#define TIMES_SHARE   2
#define PROGRAM_SHARE 0.5
#define LOOK_SHARE    0.002
#define LOOK_TRIES    5
#define CARD_PER_S    1000
#define CARD_SECONDS  0.5
#define LOW_PER_S     10000

static int nap_and_judge(struct bench *b, double seconds)
{
	struct stream_counts counts;
	double end = nap_now() + seconds, left = seconds;
	int err = 0;

	while (!err && left > 0) {
		err = nap_for(left < SLICE_SECONDS ? left : SLICE_SECONDS)
			      ?: stream_alive(b->stream)
			      ?: stream_counts(b->stream, &counts);
		left = end - nap_now();
	}
	return err;
}

static void add_counts(struct stream_counts *to, const struct stream_counts *c)
{
	to->sent += c->sent;
	to->right += c->right;
	to->wrong += c->wrong;
	to->duplicated += c->duplicated;
	to->reordered += c->reordered;
	to->sampled += c->sampled;
	to->sampled_wrong += c->sampled_wrong;
}

/* From 0, with what was counted so far kept in b->whole. */
static int clear(struct bench *b)
{
	return bench_keep_counts(b) ?: stream_clear(b->stream);
}

int bench_keep_counts(struct bench *b)
{
	struct stream_counts counts;
	int err = stream_counts(b->stream, &counts);

	if (!err)
		add_counts(&b->whole, &counts);
	return err;
}

static int wait_until(struct bench *b, double seconds,
		      bool (*is)(const struct stream_counts *c))
{
	double end = nap_now() + seconds;
	struct stream_counts counts = {};
	int err = 0;

	while (!err && !is(&counts) && nap_now() < end)
		err = nap_for(0.002) ?: stream_alive(b->stream)
			      ?: stream_counts(b->stream, &counts);
	return err;
}

static bool sends(const struct stream_counts *c)
{
	return c->sent;
}

/* Time counts from when the sender does send. */
static int start(struct bench *b, double rate)
{
	int err = clear(b) ?: stream_start(b->stream, rate);

	return err ?: wait_until(b, START_SECONDS, sends);
}

/* Send for a while, and count all that became of it. Return as in the header;
 * it has stopped in any case.
 */
static int send_for(struct bench *b, double rate, double seconds,
		    struct stream_counts *out)
{
	int err = start(b, rate), stopped;

	if (!err)
		err = nap_and_judge(b, seconds);
	stopped = stream_stop(b->stream);
	return err ?: stopped ?: stream_counts(b->stream, out);
}

/* Frames that came back, of any kind. */
static __u64 came(const struct stream_counts *c)
{
	return c->right + c->wrong + c->duplicated;
}

static bool is_answered(const struct stream_counts *c)
{
	return came(c);
}

static void judge(struct bench *b, struct bench_row *row,
		  const struct stream_counts *c)
{
	if (row->verdict != ROW_OPEN)
		return;
	if (c->wrong || c->sampled_wrong)
		bench_row_close(row, ROW_REFUSED,
				"of %llu replies %llu were wrong, by their "
				"headers and checksum, and %llu of %llu that "
				"were looked at whole: %s",
				came(c), c->wrong, c->sampled_wrong, c->sampled,
				stream_fault(b->stream) ?: "no sample of it");
	else if (c->sent && !came(c))
		bench_row_close(row, ROW_UNMEASURED,
				"no reply came back to %llu requests", c->sent);
}

static int wait_for_link(struct bench *b)
{
	double end = nap_now() + LINK_SECONDS;
	int here, there, err = 0;

	while (!err && nap_now() < end) {
		here = bench_side_has_link(&b->iface);
		there = bench_side_has_link(&b->peer);
		if (here < 0 || there < 0)
			return here < 0 ? here : there;
		if (here && there)
			return 0;
		err = nap_for(0.01);
	}
	return err ?: -ENETDOWN;
}

int bench_settle(struct bench *b, struct bench_row *row)
{
	struct stream_counts counts;
	int err, stopped;

	err = wait_for_link(b);
	if (err)
		return err;
	err = start(b, LOW_PER_S) ?: wait_until(b, REPLY_SECONDS, is_answered);
	stopped = stream_stop(b->stream);
	err = err ?: stopped ?: stream_counts(b->stream, &counts);
	if (!err)
		judge(b, row, &counts);
	return err;
}

/* All that is looked at where a repeat begins and where it ends. */
struct moment {
	double time;
	struct stream_counts counts;
	struct traffic traffic;
	struct bench_cpus cpus;
};

/* Both ways of counting at the same time: once more, if this was interrupted. */
static int look(struct bench *b, struct moment *m)
{
	double near = LOOK_SHARE * b->options->seconds, start;
	int err = 0;

	for (int i = 0; !err && i < LOOK_TRIES; i++) {
		start = nap_now();
		err = stream_counts(b->stream, &m->counts)
			      ?: traffic_read(&b->peer.nl, b->peer.dev.ifindex, &m->traffic)
			      ?: bench_cpus_read(&m->cpus);
		m->time = (start + nap_now()) / 2;
		if (nap_now() - start < near)
			break;
	}
	return err;
}

static void keep_repeat(struct bench_row *row, const struct moment *from,
			const struct moment *to)
{
	double seconds = to->time - from->time;
	double right = to->counts.right - from->counts.right;
	double tick_ns = 1e9 / sysconf(_SC_CLK_TCK);
	static struct bench_cpus passed;
	struct bench_cpu all;
	unsigned int n = row->repeats++;

	passed.count = 0;
	bench_cpus_add(&passed, &from->cpus, &to->cpus);
	bench_cpus_add(&row->cpus, &from->cpus, &to->cpus);
	all = bench_cpus_total(&passed);
	row->sent_per_s[n] = (to->counts.sent - from->counts.sent) / seconds;
	row->right_per_s[n] = right / seconds;
	row->cpu_ns[n] = right ? all.busy * tick_ns / right : 0;
	row->softirq_ns[n] = right ? all.softirq * tick_ns / right : 0;
	row->seconds += seconds;
	row->counted += right;
	row->interface_counted +=
		to->traffic.rx_packets - from->traffic.rx_packets;
}

int bench_measure_rate(struct bench *b, struct bench_row *row)
{
	static struct moment from, to; /* too large for a stack */
	struct stream_counts counts;
	int err, stopped;

	err = start(b, 0)
		      ?: nap_and_judge(b, WARM_UP_SECONDS)
		      ?: look(b, &from)
		      ?: nap_and_judge(b, b->options->seconds)
		      ?: look(b, &to);
	stopped = stream_stop(b->stream);
	err = err ?: stopped ?: stream_counts(b->stream, &counts);
	if (err)
		return err;
	judge(b, row, &counts);
	add_counts(&row->total, &counts);
	if (row->verdict == ROW_OPEN)
		keep_repeat(row, &from, &to);
	return 0;
}

int bench_measure_loss_free(struct bench *b, struct bench_row *row)
{
	struct bench_search search;
	struct stream_counts c;
	double rate, seconds = STEP_SHARE * b->options->seconds;
	int err;

	row->sender_is_limit = row->total.right == row->total.sent;
	row->loss_free_known = row->sender_is_limit;
	row->loss_free_per_s = bench_row_rate(row).median;
	if (row->loss_free_known)
		return 0;
	bench_search_start(&search, row->loss_free_per_s);
	while (bench_search_next(&search, &rate)) {
		err = send_for(b, rate, seconds, &c);
		if (err)
			return err;
		judge(b, row, &c);
		/* Otherwise the sender did not come to run: no answer. */
		if (c.sent)
			bench_search_tell(&search, c.sent / seconds,
					  c.right == c.sent);
	}
	row->loss_free_per_s = search.good;
	row->loss_free_known = true;
	return 0;
}

static int times_at(struct bench *b, struct bench_row *row, double rate,
		    struct bench_times *out)
{
	static const double quantile[] = { 0.5, 0.9, 0.99, 0.999 };
	double ns[4];
	struct stream_counts c;
	int err = send_for(b, rate, TIMES_SHARE * b->options->seconds, &c)
			  ?: stream_quantiles(b->stream, quantile, ns, 4);

	if (err)
		return err;
	judge(b, row, &c);
	*out = (struct bench_times){
		.known = c.right,
		.rate_per_s = rate,
		.p50_ns = ns[0],
		.p90_ns = ns[1],
		.p99_ns = ns[2],
		.p999_ns = ns[3],
		.sent = c.sent,
		.lost = c.sent - c.right,
	};
	return 0;
}

int bench_measure_times(struct bench *b, struct bench_row *row)
{
	double half = row->loss_free_per_s / 2;
	double low = half && half < LOW_PER_S ? half : LOW_PER_S;
	int err = times_at(b, row, low, &row->low);

	if (!err && half)
		err = times_at(b, row, half, &row->half);
	return err;
}

int bench_measure_card(struct bench *b, struct bench_row *row)
{
	const struct emulated_cost *tx;
	struct emulated_counts counts;
	struct stream_counts c;
	int err = emulated_clear()
			  ?: send_for(b, CARD_PER_S, CARD_SECONDS, &c)
			  ?: emulated_read(b->emulated.port, &counts);

	if (err)
		return err;
	judge(b, row, &c);
	add_counts(&row->total, &c);
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
	double ns[2], runs[2];
	struct stream_counts c;
	int err = read_cost(prog, &ns[0], &runs[0])
			  ?: send_for(b, 0, PROGRAM_SHARE * b->options->seconds,
				   &c)
			  ?: read_cost(prog, &ns[1], &runs[1]);

	if (err)
		return err;
	row->program_ns_known = runs[1] > runs[0];
	if (row->program_ns_known)
		row->program_ns = (ns[1] - ns[0]) / (runs[1] - runs[0]);
	return 0;
}

int bench_measure_program(struct bench *b, struct bench_row *row,
			  const struct bench_attached *attached)
{
	int stats, prog, err = 0;

	/* The kernel does not count what a card runs. */
	if (attached->mode == MODE_NONE || attached->mode == MODE_HW)
		return 0;
	stats = bpf_enable_stats(BPF_STATS_RUN_TIME);
	prog = bpf_prog_get_fd_by_id(attached->prog_id);
	if (stats >= 0 && prog >= 0)
		err = count_program(b, row, prog);
	if (stats >= 0)
		close(stats);
	if (prog >= 0)
		close(prog);
	return err;
}
