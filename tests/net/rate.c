/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	rate OBJECT IFACE CPU MILLISECONDS
 *
 * Send echo requests out of IFACE as fast as CPU can make them, in live frames,
 * and print how many replies, and how many other frames, came back in a second.
 * The program that counts them stays on IFACE.
 */
#include <err.h>
#include <limits.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/if_link.h>

#include "ends.h"
#include "rate.h"

/* Pages are made and rings filled by then. */
#define WARM_UP_MS 30

/* Without end: the start and the end of a run take longer than many frames. */
static void send_frames(int prog, int ifindex)
{
	struct rate_frame frame = {};
	struct xdp_md ctx = {
		.data_end = sizeof(frame),
		.ingress_ifindex = ifindex,
	};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = &frame,
		    .data_size_in = sizeof(frame), .ctx_in = &ctx,
		    .ctx_size_in = sizeof(ctx), .repeat = INT_MAX,
		    .flags = BPF_F_TEST_XDP_LIVE_FRAMES);

	bpf_prog_test_run_opts(prog, &opts);
	err(1, "live frames");
}

static struct bpf_object *load(const char *path)
{
	struct bpf_object *obj = bpf_object__open_file(path, NULL);
	struct frame_spec spec = ends_request(AF_INET);
	struct rate_frame request;
	struct bpf_map *rodata;

	spec.payload = sizeof(request) - ETH_HLEN - 20 - 8;
	frame_build(&spec, &request, sizeof(request));
	rodata = obj ? bpf_object__find_map_by_name(obj, ".rodata") : NULL;
	if (!rodata ||
	    bpf_map__set_initial_value(rodata, &request, sizeof(request)) ||
	    bpf_object__load(obj))
		err(1, "%s", path);
	return obj;
}

static int program(struct bpf_object *obj, const char *name)
{
	return bpf_program__fd(bpf_object__find_program_by_name(obj, name));
}

static struct rate_count read_counts(int map)
{
	int cpus = libbpf_num_possible_cpus();
	struct rate_count count[cpus], sum = {};
	__u32 key = 0;

	if (bpf_map_lookup_elem(map, &key, count))
		err(1, "counts");
	for (int i = 0; i < cpus; i++) {
		sum.replies += count[i].replies;
		sum.returned += count[i].returned;
	}
	return sum;
}

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static double sleep_ms(unsigned int ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000L };
	double start = seconds_now();

	nanosleep(&time, NULL);
	return seconds_now() - start;
}

static pid_t start_sender(int prog, int ifindex, int cpu)
{
	pid_t sender = fork();
	cpu_set_t cpus;

	if (sender < 0)
		err(1, "fork");
	if (sender)
		return sender;
	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus))
		err(1, "CPU %d", cpu);
	send_frames(prog, ifindex);
	return 0;
}

static void measure(int counts, unsigned int ms)
{
	struct rate_count before, after;
	double seconds;

	sleep_ms(WARM_UP_MS);
	before = read_counts(counts);
	seconds = sleep_ms(ms);
	after = read_counts(counts);
	printf("%.0f %.0f\n", (after.replies - before.replies) / seconds,
	       (after.returned - before.returned) / seconds);
}

int main(int argc, char **argv)
{
	struct bpf_object *obj;
	int ifindex, status;
	pid_t sender;

	if (argc != 5)
		errx(1, "usage: rate OBJECT IFACE CPU MILLISECONDS");
	ifindex = if_nametoindex(argv[2]);
	if (!ifindex)
		err(1, "%s", argv[2]);
	obj = load(argv[1]);
	if (bpf_xdp_attach(ifindex, program(obj, "rate_receive"),
			   XDP_FLAGS_DRV_MODE, NULL))
		err(1, "attach to %s", argv[2]);
	sender =
		start_sender(program(obj, "rate_send"), ifindex, atoi(argv[3]));
	measure(bpf_object__find_map_fd_by_name(obj, "rate_counts"),
		strtoul(argv[4], NULL, 10));
	kill(sender, SIGKILL);
	waitpid(sender, &status, 0);
	bpf_object__close(obj);
	return !WIFSIGNALED(status);
}
