/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The programs at a stream's port: what they send are the requests that are
 * built from scratch, and of what comes back nothing wrong counts as right.
 */
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <cmocka.h>

#include "array.h"
#include "wire/port.h"
#include "wire/stream_private.h"
#include "stream_xdp.skel.h" /* of these types */

#define TARGETS	    3
#define PAYLOAD	    40
#define XDP_DROPPED 1
#define XDP_PASSED  2
#define LATE_US	    10000
#define LATE_PER_S  50
#define LATE_TRIES  5

/* Two tags and IPv6: the longest headers that fit. */
static const struct shape {
	int family;
	unsigned int tags;
} shapes[] = {
	{ AF_INET, 0 },
	{ AF_INET, 2 },
	{ AF_INET6, 0 },
};

struct port {
	struct stream *stream;
	size_t icmp; /* offset of the ICMP header */
};

static const char *wanted_sender; /* NULL: any */

static struct stream *open_stream(const struct shape *shape)
{
	struct in6_addr targets[TARGETS];
	struct stream_spec spec = {
		.ifname = "stream0",
		.targets = targets,
		.n_targets = TARGETS,
		.sender = wanted_sender,
		.cpu = -1,
		.request = {
			.family = shape->family,
			.dst_mac = { 2, 0, 0, 0, 0, 1 },
			.src_mac = { 2, 0, 0, 0, 0, 2 },
			.n_tags = shape->tags,
			.tag = { { ETH_P_8021AD, 5 }, { ETH_P_8021Q, 6 } },
			.ttl = 57,
			.payload = PAYLOAD,
		},
	};
	struct stream *stream = NULL;
	char why[160] = "", text[40];
	bool ip4 = shape->family == AF_INET;

	for (int i = 0; i < TARGETS; i++) {
		sprintf(text, "%s%d",
			ip4 ? "::ffff:192.0.2." : "2001:db8::", i + 1);
		inet_pton(AF_INET6, text, &targets[i]);
	}
	inet_pton(AF_INET6, ip4 ? "::ffff:192.0.2.9" : "2001:db8::9",
		  &spec.request.src);
	if (stream_open(&stream, &spec, why, sizeof(why)))
		fail_msg("%s", why);
	return stream;
}

static struct port port_of(const struct shape *shape)
{
	return (struct port){
		.stream = open_stream(shape),
		.icmp = ETH_HLEN + 4 * shape->tags +
			(shape->family == AF_INET ? 20 : 40),
	};
}

/* Return: what the program says; @frame is what it has become. */
static int run(int prog, __u8 *frame, size_t len)
{
	__u8 in[FRAME_MAX];
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = in, .data_size_in = len,
		    .data_out = frame, .data_size_out = len, .repeat = 1);

	memcpy(in, frame, len);
	assert_int_equal(bpf_prog_test_run_opts(prog, &opts), 0);
	return opts.retval;
}

static int receive(struct port *port, const __u8 *frame, size_t len)
{
	__u8 copy[FRAME_MAX];

	memcpy(copy, frame, len);
	return run(bpf_program__fd(port->stream->skel->progs.stream_receive),
		   copy, len);
}

static struct stream_counts counts_of(struct port *port)
{
	struct stream_counts counts;

	assert_int_equal(stream_counts(port->stream, &counts), 0);
	return counts;
}

static void swap(__u8 *a, __u8 *b, size_t len)
{
	__u8 keep[16];

	memcpy(keep, a, len);
	memcpy(a, b, len);
	memcpy(b, keep, len);
}

/* The right reply to request @number, by a responder. */
static void make_reply(const struct port *port, __u32 number, __u8 *frame)
{
	bool ip4 = port->stream->request.family == AF_INET;
	__u8 *icmp = frame + port->icmp;

	stream_build(port->stream, number, frame);
	swap(frame, frame + ETH_ALEN, ETH_ALEN);
	if (ip4) {
		swap(icmp - 8, icmp - 4, 4);
		icmp[-12] = FRAME_REPLY_TTL;
		icmp[0] = 0;
	} else {
		swap(icmp - 32, icmp - 16, 16);
		icmp[-33] = FRAME_REPLY_TTL;
		icmp[0] = 129;
	}
	frame_fix_csums(frame, port->stream->len);
}

static void each_request_is_the_one_that_is_built(void **state)
{
	__u8 frame[FRAME_MAX], want[FRAME_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		struct port port = port_of(&shapes[i]);
		struct stream *s = port.stream;
		int prog = bpf_program__fd(s->skel->progs.stream_send);

		stream_build(s, 0, frame);
		s->skel->bss->gap_ns = 0;
		/* Over where the sequence carries into the id. */
		s->skel->bss->next_number = 0xfff0;
		for (__u32 n = 0xfff0; n < 0x10010; n++) {
			assert_int_equal(run(prog, frame, s->len), 3);
			stream_build(s, n, want);
			assert_memory_equal(frame, want, s->len);
			assert_null(frame_csum_fault(frame, s->len));
			stream_rewrite(s, n, frame);
			assert_memory_equal(frame, want, s->len);
			frame[30] ^= 0xff; /* as a responder leaves it */
		}
		stream_close(s);
	}
}

static void right_replies_count_once(void **state)
{
	__u8 frame[FRAME_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		struct port port = port_of(&shapes[i]);
		const __u32 order[] = { 0x10000, 0x10002, 0x10001, 0x10001 };
		struct stream_counts c;

		for (size_t j = 0; j < ARRAY_SIZE(order); j++) {
			make_reply(&port, order[j], frame);
			assert_int_equal(receive(&port, frame,
						 port.stream->len),
					 XDP_DROPPED);
		}
		c = counts_of(&port);
		assert_int_equal(c.right, 3);
		assert_int_equal(c.wrong, 0);
		assert_int_equal(c.duplicated, 1);
		assert_int_equal(c.reordered, 1);
		assert_int_equal(c.sampled, 1); /* 0x10000 */
		assert_int_equal(c.sampled_wrong, 0);
		stream_close(port.stream);
	}
}

/* Each checksum that a reply can have is among them. Who updates one comes to
 * the other form of zero, which is as good.
 */
static void every_checksum_is_right(void **state)
{
	__u8 frame[FRAME_MAX];
	struct port port = port_of(&shapes[0]);
	__u8 *check = frame + port.icmp + 2;

	(void)state;
	for (__u32 n = 0; n < 0x10000; n++) {
		make_reply(&port, n, frame);
		if (!check[0] && !check[1])
			memset(check, 0xff, 2);
		receive(&port, frame, port.stream->len);
	}
	assert_int_equal(counts_of(&port).right, 0x10000);
	stream_close(port.stream);
}

/* No bit of the headers may differ; id and sequence tell of another request. */
static void no_changed_bit_counts_as_right(void **state)
{
	__u8 frame[FRAME_MAX];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
		struct port port = port_of(&shapes[i]);
		unsigned int seen = 0;

		for (unsigned int bit = 0; bit < 8 * (port.icmp + 8); bit++) {
			make_reply(&port, 7, frame);
			frame[bit / 8] ^= 1 << bit % 8;
			seen += receive(&port, frame, port.stream->len) ==
				XDP_DROPPED;
		}
		assert_int_equal(counts_of(&port).right, 0);
		assert_int_equal(counts_of(&port).wrong, seen);
		assert_true(seen > 100);
		stream_close(port.stream);
	}
}

static void a_changed_payload_is_seen_in_the_samples(void **state)
{
	struct port port = port_of(&shapes[0]);
	__u8 frame[FRAME_MAX];
	struct stream_counts c;

	(void)state;
	make_reply(&port, STREAM_SAMPLE, frame);
	frame[port.icmp + 8 + 5] ^= 1;
	receive(&port, frame, port.stream->len);
	c = counts_of(&port);
	assert_int_equal(c.sampled_wrong, 1);
	assert_string_equal(stream_fault(port.stream), "payload is changed");
	stream_close(port.stream);
}

static void another_length_is_wrong(void **state)
{
	struct port port = port_of(&shapes[0]);
	__u8 frame[FRAME_MAX] = {};

	(void)state;
	make_reply(&port, 1, frame);
	receive(&port, frame, port.stream->len - 1);
	receive(&port, frame, port.stream->len + 1);
	assert_int_equal(counts_of(&port).wrong, 2);
	stream_close(port.stream);
}

static void what_is_no_reply_goes_on_to_the_host(void **state)
{
	struct port port = port_of(&shapes[0]);
	__u8 frame[FRAME_MAX];

	(void)state;
	make_reply(&port, 1, frame);
	frame[12] = 0x86; /* another EtherType */
	assert_int_equal(receive(&port, frame, port.stream->len), XDP_PASSED);
	make_reply(&port, 1, frame);
	frame[0] ^= 4; /* for another MAC address */
	assert_int_equal(receive(&port, frame, port.stream->len), XDP_PASSED);
	assert_int_equal(counts_of(&port).wrong, 0);
	stream_close(port.stream);
}

/* What a kernel sets itself in a reply is its own matter, the rest is not. */
static void a_hosts_reply_may_have_its_own_ip_header(void **state)
{
	static const struct {
		int off; /* from the ICMP header */
		bool may;
	} bytes[] = {
		{ -19, true },	/* type of service */
		{ -16, true },	/* identification */
		{ -14, true },	/* flags */
		{ -12, true },	/* TTL */
		{ -17, false }, /* total length */
		{ -6, false },	/* source */
		{ 0, false },	/* type */
	};
	struct port port = port_of(&shapes[0]);
	__u8 frame[FRAME_MAX];

	(void)state;
	stream_expect(port.stream, STREAM_HOST);
	for (size_t i = 0; i < ARRAY_SIZE(bytes); i++) {
		stream_clear(port.stream);
		make_reply(&port, i + 1, frame);
		frame[port.icmp + bytes[i].off] ^= 0x40;
		receive(&port, frame, port.stream->len);
		assert_int_equal(counts_of(&port).right, bytes[i].may);
	}
	stream_close(port.stream);
}

static void what_is_sent_back_is_told_from_a_reply(void **state)
{
	struct port port = port_of(&shapes[0]);
	__u8 frame[FRAME_MAX];

	(void)state;
	stream_expect(port.stream, STREAM_RETURNED);
	stream_build(port.stream, 4, frame);
	swap(frame, frame + ETH_ALEN, ETH_ALEN);
	receive(&port, frame, port.stream->len);
	assert_int_equal(counts_of(&port).right, 1);
	make_reply(&port, 5, frame);
	receive(&port, frame, port.stream->len);
	assert_int_equal(counts_of(&port).right, 1);
	stream_close(port.stream);
}

static __u64 now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

static volatile __u64 sender_ended_ns;

static void on_child(int sig)
{
	(void)sig;
	sender_ended_ns = now_ns();
}

/* At the other end, in a process of its own: each request is answered, late. */
static pid_t answer_late(const struct port *port, __u64 *answered_ns)
{
	struct wire_port *far;
	struct wire_buf got, out = { .len = port->stream->len };
	__u8 frame[FRAME_MAX];
	__be32 number;
	pid_t pid;

	assert_int_equal(wire_port_open(&far, "stream1"), 0);
	pid = fork();
	if (pid) {
		wire_port_close(far);
		return pid;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	out.data = frame;
	while (wire_port_recv(far, &got, 1, -1) >= 0) {
		if (got.len != out.len)
			continue;
		memcpy(&number, (__u8 *)got.data + port->icmp + 4, 4);
		make_reply(port, ntohl(number), frame);
		usleep(LATE_US);
		*answered_ns = now_ns();
		wire_port_send(far, &out, 1);
	}
	_exit(1);
}

/* A card's queue restarts when who sends by it lets go of it. */
static void what_is_under_way_comes_before_the_sender_ends(void **state)
{
	struct port port;
	struct stream_counts c;
	bool ended_last = false;
	__u64 *answered_ns;
	pid_t far;

	(void)state;
	wanted_sender = "ring";
	port = port_of(&shapes[0]);
	answered_ns = mmap(NULL, sizeof(*answered_ns), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(answered_ns, MAP_FAILED);
	far = answer_late(&port, answered_ns);
	signal(SIGCHLD, on_child);
	/* The machine may do other things: then the answer is later still. */
	for (int i = 0; !ended_last && i < LATE_TRIES; i++) {
		stream_clear(port.stream);
		assert_int_equal(stream_start(port.stream, LATE_PER_S), 0);
		do
			c = counts_of(&port);
		while (c.sent < 3);
		assert_int_equal(stream_stop(port.stream), 0);
		c = counts_of(&port);
		ended_last =
			c.right == c.sent && sender_ended_ns > *answered_ns;
	}
	signal(SIGCHLD, SIG_DFL);
	assert_true(ended_last);
	kill(far, SIGKILL);
	waitpid(far, NULL, 0);
	munmap(answered_ns, sizeof(*answered_ns));
	stream_close(port.stream);
}

/* As with cards that restart when a program is put there. */
static void a_link_that_comes_late_is_waited_for(void **state)
{
	(void)state;
	wanted_sender = "ring";
	assert_int_equal(system("ip link set stream1 down; "
				"(sleep 0.8; ip link set stream1 up) &"),
			 0);
	stream_close(open_stream(&shapes[0]));
}

/* In a namespace of its own, where nothing else is. */
static int add_port(void **state)
{
	(void)state;
	return geteuid() == 0 && (unshare(CLONE_NEWNET) ||
				  system("ip link add stream0 type veth peer "
					 "name stream1 && ip link set stream0 "
					 "up && ip link set stream1 up"));
}

/* A test that needs root skips without it. */
#define ROOT_TEST(test) cmocka_unit_test_setup(test, skip_without_root)
static int skip_without_root(void **state)
{
	(void)state;
	if (geteuid())
		skip();
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		ROOT_TEST(each_request_is_the_one_that_is_built),
		ROOT_TEST(right_replies_count_once),
		ROOT_TEST(every_checksum_is_right),
		ROOT_TEST(no_changed_bit_counts_as_right),
		ROOT_TEST(a_changed_payload_is_seen_in_the_samples),
		ROOT_TEST(another_length_is_wrong),
		ROOT_TEST(what_is_no_reply_goes_on_to_the_host),
		ROOT_TEST(a_hosts_reply_may_have_its_own_ip_header),
		ROOT_TEST(what_is_sent_back_is_told_from_a_reply),
		ROOT_TEST(what_is_under_way_comes_before_the_sender_ends),
		ROOT_TEST(a_link_that_comes_late_is_waited_for),
	};

	return cmocka_run_group_tests_name("stream", tests, add_port, NULL);
}
