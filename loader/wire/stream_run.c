/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The sender's process. It is killed to end it: what sends cannot be
 * interrupted otherwise at any moment, and nothing of it is to be put back. But
 * before that it stops sending: with its socket, a card's queue restarts, and
 * what is under way there is lost.
 */
#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <linux/if_link.h>

#include "clock.h"
#include "nap.h"
#include "wire/stream_private.h"
#include "stream_xdp.skel.h" /* of these types */

#define PROBE_RATE    20000
#define PROBE_LEAST   20  /* frames that must have left */
#define PROBE_WAIT_MS 500 /* by then; the machine may do other things */
#define DRAINED_MS    20
#define DRAIN_MAX_MS  1000

#define READY_POLL_SECONDS 0.001

static void sleep_ms(unsigned int ms)
{
	struct timespec left = { ms / 1000, ms % 1000 * 1000000L };

	while (nanosleep(&left, &left) && errno == EINTR)
		;
}

/* As is_due() in stream_xdp.bpf.c, for the senders that are no programs. */
bool stream_next(struct stream *s, __u32 *number)
{
	struct stream_xdp__bss *bss = s->skel->bss;
	__u64 now = bss->gap_ns || bss->with_times ? clock_now_ns() : 0;

	if (bss->stopping)
		return false;
	if (bss->gap_ns) {
		if (now < bss->next_ns)
			return false;
		if (now - bss->next_ns > STREAM_LATE_NS)
			bss->next_ns = now;
		bss->next_ns += bss->gap_ns;
	}
	*number = bss->next_number++;
	if (bss->with_times)
		bss->slots[*number % STREAM_SLOTS].sent_ns = now;
	return true;
}

int stream_ready(struct stream *s)
{
	int err = stream_await_link(s);

	s->skel->bss->ready = !err;
	return err;
}

static void pin(int cpu)
{
	cpu_set_t cpus;

	if (cpu < 0)
		return;
	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);
}

/* A sender never sleeps. One of real time that has its only CPU in common with
 * who is to stop it would never be stopped.
 */
static void yield_to_parent(void)
{
	const struct sched_param none = {};
	int policy = sched_getscheduler(0);
	cpu_set_t cpus;

	if ((policy == SCHED_FIFO || policy == SCHED_RR) &&
	    !sched_getaffinity(0, sizeof(cpus), &cpus) && CPU_COUNT(&cpus) == 1)
		sched_setscheduler(0, SCHED_OTHER, &none);
}

static void be_sender(struct stream *s, const struct stream_sender *sender,
		      double rate, pid_t parent)
{
	int err;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_FAILURE);
	yield_to_parent();
	pin(s->cpu);
	err = -sender->run(s, rate);
	_exit(err > 0 && err < 256 ? err : EIO);
}

static int fork_sender(struct stream *s, const struct stream_sender *sender,
		       double rate)
{
	struct stream_xdp__bss *bss = s->skel->bss;
	pid_t parent = getpid();

	bss->gap_ns = rate > 0 ? 1e9 / rate : 0;
	bss->with_times = rate > 0;
	bss->ready = false;
	bss->next_ns = clock_now_ns();
	fflush(NULL);
	s->child = fork();
	if (s->child < 0) {
		s->child = 0;
		return -errno;
	}
	if (!s->child)
		be_sender(s, sender, rate, parent);
	return 0;
}

/* Return: 0 while it runs or where it was killed. */
static int end_of(struct stream *s, int flags)
{
	int status, err = 0;

	if (!s->child || waitpid(s->child, &status, flags) != s->child)
		return 0;
	s->child = 0;
	if (WIFEXITED(status))
		err = -WEXITSTATUS(status);
	return if_nametoindex(s->ifname) ? err : -ENODEV;
}

static void drain(struct stream *s)
{
	struct stream_counts before = {}, now;
	unsigned int idle = 0, waited = 0;

	while (idle < DRAINED_MS && waited < DRAIN_MAX_MS) {
		sleep_ms(5);
		waited += 5;
		if (stream_counts(s, &now))
			return;
		idle += 5;
		if (now.right != before.right || now.wrong != before.wrong ||
		    now.duplicated != before.duplicated)
			idle = 0;
		before = now;
	}
}

/* The sender itself gives up at some time. */
static int start(struct stream *s, const struct stream_sender *sender,
		 double rate)
{
	const volatile bool *ready = &s->skel->bss->ready;
	int err = fork_sender(s, sender, rate);

	while (!err && !*ready)
		err = nap_for(READY_POLL_SECONDS) ?: stream_alive(s);
	return err;
}

int stream_start(struct stream *s, double rate)
{
	return start(s, s->sender, rate);
}

int stream_alive(struct stream *s)
{
	return s->child ? end_of(s, WNOHANG) : -ESRCH;
}

int stream_stop(struct stream *s)
{
	int err = end_of(s, WNOHANG);

	s->skel->bss->stopping = true;
	drain(s);
	if (s->child) {
		kill(s->child, SIGKILL);
		err = end_of(s, 0);
	}
	s->skel->bss->stopping = false;
	return err;
}

/* What the interface has sent, modulo 2^32; /sys may be another namespace's. */
static __u32 frames_out(const struct stream *s)
{
	const struct rtnl_link_stats *stats;
	struct ifaddrs *all, *one;
	__u32 frames = 0;

	if (getifaddrs(&all))
		return 0;
	for (one = all; one; one = one->ifa_next) {
		if (!one->ifa_addr || one->ifa_addr->sa_family != AF_PACKET ||
		    strcmp(one->ifa_name, s->ifname))
			continue;
		stats = one->ifa_data;
		frames = stats->tx_packets;
	}
	freeifaddrs(all);
	return frames;
}

int stream_works(struct stream *s, const struct stream_sender *sender)
{
	__u32 before = frames_out(s);
	bool works = false;
	int err = start(s, sender, PROBE_RATE), stopped;

	for (unsigned int waited = 0; !err && !works && waited < PROBE_WAIT_MS;
	     waited += 5) {
		sleep_ms(5);
		err = stream_alive(s);
		works = frames_out(s) - before >= PROBE_LEAST;
	}
	stopped = stream_stop(s);
	err = err ?: stopped;
	if (err == -ENODEV || err == -ENETDOWN || err == -EINTR)
		return err;
	return !err && works;
}
