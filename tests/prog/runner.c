/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>

#include "runner.h"

const struct variant variants[N_VARIANTS] = {
	[ECHO_XDP] = { .file = "echo_xdp.bpf.o" },
	[ECHO_HW] = { .file = "echo_hw.bpf.o" },
	[ECHO_TC] = { .file = "echo_tc.bpf.o", .tc = true },
	[ECHO_XDP_TRACE] = { .file = "echo_xdp_trace.bpf.o" },
	[ECHO_HW_TRACE] = { .file = "echo_hw_trace.bpf.o" },
	[ECHO_TC_TRACE] = { .file = "echo_tc_trace.bpf.o", .tc = true },
};

static struct runner *runners[N_VARIANTS];

static int fd_of_map(const struct runner *r, const char *name)
{
	return bpf_object__find_map_fd_by_name(r->obj, name);
}

static int load(struct runner *r)
{
	struct bpf_program *prog = bpf_object__next_program(r->obj, NULL);
	struct bpf_map *stats =
		bpf_object__find_map_by_name(r->obj, ECHO_STATS_MAP);
	int err;

	if (!prog || !stats)
		return -ENOENT;
	err = bpf_object__load(r->obj);
	if (err)
		return err;
	r->prog = bpf_program__fd(prog);
	r->targets = fd_of_map(r, ECHO_TARGETS_MAP);
	r->stats = bpf_map__fd(stats);
	r->events = fd_of_map(r, ECHO_EVENTS_MAP);
	r->cpus = bpf_map__type(stats) == BPF_MAP_TYPE_PERCPU_ARRAY
			  ? libbpf_num_possible_cpus()
			  : 1;
	return r->targets < 0 || r->cpus < 1 ? -ENOENT : 0;
}

static void open_object(struct runner *r)
{
	char path[256];
	int err;

	snprintf(path, sizeof(path), "%s/bpf/%s", getenv("BUILD") ?: "build",
		 r->variant->file);
	r->obj = bpf_object__open_file(path, NULL);
	err = r->obj ? load(r) : -errno;
	if (err)
		fail_msg("%s: %s", path, strerror(-err));
}

static void reset(struct runner *r)
{
	runner_set_targets(r, NULL, 0);
	r->ref.without = PART_NONE;
	runner_sync_counters(r);
}

static struct runner *new_runner(const struct variant *variant)
{
	struct runner *r = calloc(1, sizeof(*r));

	assert_non_null(r);
	r->variant = variant;
	open_object(r);
	return r;
}

struct runner *runner_get(void **state)
{
	const struct variant *variant = *state;
	struct runner **r = &runners[variant - variants];

	if (geteuid() != 0) {
		print_message("needs root to run programs\n");
		skip();
	}
	if (!*r)
		*r = new_runner(variant);
	reset(*r);
	return *r;
}

void runner_load_again(struct runner *r)
{
	bpf_object__close(r->obj);
	open_object(r);
	reset(r);
}

int runner_close_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_VARIANTS; i++) {
		if (!runners[i])
			continue;
		bpf_object__close(runners[i]->obj);
		free(runners[i]);
	}
	return 0;
}

void runner_set_targets(struct runner *r,
			const struct reference_target *targets, size_t n)
{
	struct in6_addr key;

	while (!bpf_map_get_next_key(r->targets, NULL, &key))
		bpf_map_delete_elem(r->targets, &key);
	for (size_t i = 0; i < n; i++) {
		struct echo_target value = { .action = targets[i].action };

		if (bpf_map_update_elem(r->targets, &targets[i].addr, &value,
					BPF_NOEXIST))
			abort(); /* the test's own mistake */
	}
	r->ref.targets = targets;
	r->ref.n_targets = n;
}

void runner_read_counters(const struct runner *r, __u64 counters[ECHO_VERDICTS])
{
	__u64 values[r->cpus][ECHO_VERDICTS];
	__u32 key = 0;

	_Static_assert(sizeof(struct echo_stats) == sizeof(values[0]),
		       "one counter for each verdict");
	if (bpf_map_lookup_elem(r->stats, &key, values))
		abort();
	memset(counters, 0, sizeof(values[0]));
	for (int cpu = 0; cpu < r->cpus; cpu++)
		for (int v = 0; v < ECHO_VERDICTS; v++)
			counters[v] += values[cpu][v];
}

void runner_sync_counters(struct runner *r)
{
	runner_read_counters(r, r->expected);
}

static __u32 action_for(const struct runner *r, enum echo_verdict v)
{
	if (v == ECHO_REPLIED_IPV4 || v == ECHO_REPLIED_IPV6)
		return r->variant->tc ? TC_ACT_REDIRECT : XDP_TX;
	if (v == ECHO_DROPPED)
		return r->variant->tc ? TC_ACT_SHOT : XDP_DROP;
	return r->variant->tc ? (__u32)TC_ACT_UNSPEC : XDP_PASS;
}

__s64 runner_run(struct runner *r, const void *frame, size_t len, size_t seen)
{
	struct xdp_md ctx = { .data_end = seen };
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame,
		    .data_size_in = len, .data_out = r->out,
		    .data_size_out = sizeof(r->out), .repeat = 1);
	int err;

	if (seen < len) {
		opts.ctx_in = &ctx;
		opts.ctx_size_in = sizeof(ctx);
	}
	err = bpf_prog_test_run_opts(r->prog, &opts);
	r->out_len = opts.data_size_out;
	return err ?: (__s64)opts.retval;
}

static int fault(struct runner *r, const char *what, __s64 want, __s64 got)
{
	snprintf(r->fault, sizeof(r->fault), "%s: want %lld, got %lld", what,
		 (long long)want, (long long)got);
	return -1;
}

static int byte_fault(struct runner *r, size_t len)
{
	char what[32];
	size_t i = 0;

	while (i < len && r->out[i] == r->want[i])
		i++;
	snprintf(what, sizeof(what), "byte %zu", i);
	return fault(r, what, r->want[i], r->out[i]);
}

static bool kernel_runs(const struct runner *r, const __u8 *frame, size_t len)
{
	__u16 proto = frame[12] << 8 | frame[13];

	if (!r->variant->tc)
		return true;
	if (proto == ETH_P_IP)
		return len >= ETH_HLEN + 20;
	return len >= ETH_HLEN + (proto == ETH_P_IPV6 ? 40 : 1);
}

int runner_compare(struct runner *r, const void *frame, size_t len, size_t seen)
{
	enum echo_verdict v;
	__s64 got;

	memcpy(r->want, frame, len);
	v = reference_answer(&r->ref, r->want, len, seen);
	if (!kernel_runs(r, frame, len))
		return v;
	got = runner_run(r, frame, len, seen);
	if (v < ECHO_VERDICTS)
		r->expected[v]++;
	if (got != action_for(r, v))
		return fault(r, "action", (__s32)action_for(r, v), got);
	if (r->out_len != len)
		return fault(r, "length", len, r->out_len);
	if (memcmp(r->out, r->want, len))
		return byte_fault(r, len);
	return v;
}

bool runner_counters_match(struct runner *r)
{
	__u64 counters[ECHO_VERDICTS];
	char what[32];

	runner_read_counters(r, counters);
	for (int v = 0; v < ECHO_VERDICTS; v++) {
		if (counters[v] == r->expected[v])
			continue;
		snprintf(what, sizeof(what), "counter %d", v);
		fault(r, what, r->expected[v], counters[v]);
		return false;
	}
	return true;
}

int runner_compare_all(struct runner *r, const void *frame, size_t len,
		       size_t seen)
{
	int v = runner_compare(r, frame, len, seen);

	return v >= 0 && !runner_counters_match(r) ? -1 : v;
}

const char *runner_dump(const void *frame, size_t len)
{
	static char text[2 * 256 + 4];
	const __u8 *p = frame;
	size_t n = len < 256 ? len : 256;

	for (size_t i = 0; i < n; i++)
		sprintf(text + 2 * i, "%02x", p[i]);
	strcpy(text + 2 * n, n < len ? "..." : "");
	return text;
}
