/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	flood [-n COUNT] [-w WINDOW] [-r RATE] [-f] [-t TPID:VID]...
 *	      [-d ADDRESS] [-l PAYLOAD_BYTES] IFACE 4|6
 *
 * Send COUNT echo requests, each of them different, with at most WINDOW under
 * way, so that no queue on the path overflows, and no more than RATE in a
 * second; tell from the replies, exactly, which were lost and which came twice,
 * and recompute all of them. -f goes on beyond COUNT until SIGTERM. Ends with 0
 * if every request was answered rightly and once, and says in one line what
 * came.
 */
#include <signal.h>
#include <stdio.h>
#include <time.h>

#include "ends.h"

/* A request is told by a number of this many bits, in id and sequence. */
#define NUMBER_BITS 28
#define NUMBERS	    (1UL << NUMBER_BITS)

/* A veth's ring has 256 places: more than this could overflow it. */
#define WINDOW_DEFAULT 192

/* What has not come after this is not under way any more. */
#define LOST_MS 1000

/* After the last answer: a second one would have come by then. */
#define DOUBLED_MS 100

struct flood {
	struct wire_port *port;
	struct frame_spec spec;
	unsigned long count, window;
	double rate;  /* a second */
	double start; /* seconds */
	bool forever;
	unsigned long under_way;
	unsigned long sent, answered, doubled, wrong, stray;
	__u8 *seen; /* a bit for each number */
	__u8 frame[WIRE_BATCH][WIRE_FRAME_MAX];
};

static size_t build(const struct flood *flood, __u8 *frame, unsigned long n)
{
	struct frame_spec spec = flood->spec;
	int len;

	spec.id = n >> 16;
	spec.sequence = n;
	len = frame_build(&spec, frame, WIRE_FRAME_MAX);
	if (len < 0)
		errx(2, "build: %s", strerror(-len));
	return len;
}

static void send_batch(struct flood *flood, unsigned int count)
{
	struct wire_buf bufs[WIRE_BATCH];
	int error;

	for (unsigned int i = 0; i < count; i++) {
		bufs[i].data = flood->frame[i];
		bufs[i].len = build(flood, flood->frame[i], flood->sent + i);
	}
	error = wire_port_send(flood->port, bufs, count);
	if (error)
		errx(2, "send: %s", strerror(-error));
	flood->sent += count;
	flood->under_way += count;
}

static bool was_seen(struct flood *flood, unsigned long n)
{
	__u8 bit = 1 << n % 8;
	bool was = flood->seen[n / 8] & bit;

	flood->seen[n / 8] |= bit;
	return was;
}

static void judge(struct flood *flood, const struct wire_buf *reply)
{
	struct frame_icmp icmp;
	const char *fault;
	unsigned long n;
	size_t len;

	if (!ends_is_reply(reply, &icmp))
		return;
	n = (unsigned long)icmp.id << 16 | icmp.sequence;
	if (n >= flood->sent) {
		flood->stray++;
		return;
	}
	if (was_seen(flood, n)) {
		flood->doubled++;
		return;
	}
	flood->answered++;
	if (flood->under_way)
		flood->under_way--;
	len = build(flood, flood->frame[0], n);
	fault = frame_reply_fault(flood->frame[0], len, reply->data,
				  reply->len);
	if (fault && flood->wrong++ < 10)
		fprintf(stderr, "request %lu: %s\n", n, fault);
}

/* Return: did anything come? */
static bool receive(struct flood *flood, int timeout_ms)
{
	struct wire_buf bufs[WIRE_BATCH];
	int n = wire_port_recv(flood->port, bufs, WIRE_BATCH, timeout_ms);

	if (n < 0)
		errx(2, "receive: %s", strerror(-n));
	for (int i = 0; i < n; i++)
		judge(flood, &bufs[i]);
	return n > 0;
}

/* SIGTERM is blocked, so that it ends no wait early. */
static bool is_stopped(void)
{
	sigset_t pending;

	sigpending(&pending);
	return sigismember(&pending, SIGTERM);
}

static bool is_done(const struct flood *flood)
{
	if (flood->sent + WIRE_BATCH > NUMBERS)
		return true;
	return flood->sent >= flood->count && (!flood->forever || is_stopped());
}

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static bool is_ahead(const struct flood *flood)
{
	return flood->rate &&
	       flood->sent > flood->rate * (seconds_now() - flood->start);
}

static void run(struct flood *flood)
{
	while (!is_done(flood)) {
		if (flood->under_way + WIRE_BATCH > flood->window) {
			if (!receive(flood, LOST_MS))
				flood->under_way = 0;
		} else if (is_ahead(flood)) {
			receive(flood, 1);
		} else {
			send_batch(flood, WIRE_BATCH);
			receive(flood, 0);
		}
	}
	while (receive(flood,
		       flood->answered < flood->sent ? LOST_MS : DOUBLED_MS))
		;
}

static int report(const struct flood *flood)
{
	double seconds = seconds_now() - flood->start;
	long unread = wire_port_lost(flood->port);

	printf("sent %lu answered %lu lost %lu doubled %lu wrong %lu stray %lu "
	       "unread %ld, %.0f/s\n",
	       flood->sent, flood->answered, flood->sent - flood->answered,
	       flood->doubled, flood->wrong, flood->stray, unread,
	       flood->sent / seconds);
	return flood->sent != flood->answered || flood->doubled ||
	       flood->wrong || flood->stray || unread;
}

static bool flood_option(struct flood *flood, int opt)
{
	switch (opt) {
	case 'n':
		flood->count = strtoul(optarg, NULL, 10);
		return true;
	case 'w':
		flood->window = strtoul(optarg, NULL, 10);
		return flood->window >= WIRE_BATCH;
	case 'r':
		flood->rate = strtod(optarg, NULL);
		return true;
	case 'f':
		flood->forever = true;
		return true;
	default:
		return ends_option(&flood->spec, opt);
	}
}

int main(int argc, char **argv)
{
	static struct flood flood = { .window = WINDOW_DEFAULT };
	sigset_t term;
	int opt;

	flood.spec = ends_request(ends_family(argc, argv));
	while ((opt = getopt(argc, argv, ENDS_OPTIONS "n:w:r:f")) != -1)
		if (!flood_option(&flood, opt))
			return 2;
	flood.seen = calloc(1, NUMBERS / 8);
	if (!flood.seen)
		err(2, "calloc");
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, NULL);
	flood.port = ends_open(argv[optind], &flood.spec);
	flood.start = seconds_now();
	run(&flood);
	opt = report(&flood);
	wire_port_close(flood.port);
	free(flood.seen);
	return opt;
}
