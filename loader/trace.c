/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>
#include <jansson.h>
#include <linux/perf_event.h>

#include "echo.h"
#include "output.h"
#include "reply.h"
#include "report.h"
#include "targets.h"
#include "trace.h"

/* Room for about 2,000 records on each CPU. */
#define PAGES 64

struct trace {
	struct perf_buffer *buffer;
	char ifname[IF_NAMESIZE];
	bool json;
	bool counts_losses; /* the kernel does, from 6.0 on */
	unsigned long long printed;
	unsigned long long lost;
};

/* What a frame says about its request. */
struct request {
	char src[TARGET_TEXT_MAX], dst[TARGET_TEXT_MAX];
	unsigned int tags, ttl;
	int id, sequence; /* -1: not in sight */
};

static const char *const verdicts[ECHO_VERDICTS] = {
	[ECHO_LEFT_TO_HOST] = "left_to_host", [ECHO_MALFORMED] = "malformed",
	[ECHO_NOT_OURS] = "not_ours",	      [ECHO_DROPPED] = "dropped",
	[ECHO_REPLIED_IPV4] = "replied",      [ECHO_REPLIED_IPV6] = "replied",
};

static void read_echo(const __u8 *at, const __u8 *end, struct request *r)
{
	struct echo_hdr echo;

	if (at + sizeof(echo) > end)
		return;
	memcpy(&echo, at, sizeof(echo));
	r->id = ntohs(echo.id);
	r->sequence = ntohs(echo.sequence);
}

static void read_ipv4(const __u8 *at, const __u8 *end, struct request *r)
{
	struct iphdr ip;

	if (at + sizeof(ip) > end)
		return;
	memcpy(&ip, at, sizeof(ip));
	inet_ntop(AF_INET, &ip.saddr, r->src, sizeof(r->src));
	inet_ntop(AF_INET, &ip.daddr, r->dst, sizeof(r->dst));
	r->ttl = ip.ttl;
	read_echo(at + 4 * ip.ihl, end, r);
}

static void read_ipv6(const __u8 *at, const __u8 *end, struct request *r)
{
	struct ipv6hdr ip6;

	if (at + sizeof(ip6) > end)
		return;
	memcpy(&ip6, at, sizeof(ip6));
	inet_ntop(AF_INET6, &ip6.saddr, r->src, sizeof(r->src));
	inet_ntop(AF_INET6, &ip6.daddr, r->dst, sizeof(r->dst));
	r->ttl = ip6.hop_limit;
	if (ip6.nexthdr == IPPROTO_ICMPV6)
		read_echo(at + sizeof(ip6), end, r);
}

static void read_frame(const __u8 *frame, size_t len, struct request *r)
{
	const __u8 *at = frame + 2 * ETH_ALEN, *end = frame + len;
	__be16 proto;

	*r = (struct request){
		.src = "?", .dst = "?", .id = -1, .sequence = -1
	};
	for (; at + sizeof(proto) <= end; at += 4, r->tags++) {
		memcpy(&proto, at, sizeof(proto));
		if (proto == htons(ETH_P_IP))
			read_ipv4(at + 2, end, r);
		else if (proto == htons(ETH_P_IPV6))
			read_ipv6(at + 2, end, r);
		if (proto != htons(ETH_P_8021Q) && proto != htons(ETH_P_8021AD))
			return;
	}
}

static void print_json(const struct trace *t, const struct echo_event *event,
		       const struct request *r)
{
	json_t *out =
		json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:i}", "ifname",
			  t->ifname, "verdict", verdicts[event->verdict], "src",
			  r->src, "dst", r->dst, "vlan_tags", r->tags, "ttl",
			  r->ttl, "frame_bytes", event->frame_len);

	if (r->id >= 0) {
		json_object_set_new(out, "id", json_integer(r->id));
		json_object_set_new(out, "seq", json_integer(r->sequence));
	}
	report_line(out);
}

static void print_text(const struct trace *t, const struct echo_event *event,
		       const struct request *r)
{
	printf("%s: %s > %s", t->ifname, r->src, r->dst);
	if (r->id >= 0)
		printf(" id %d seq %d", r->id, r->sequence);
	printf(" ttl %u length %u", r->ttl, event->frame_len);
	if (r->tags)
		printf(" tags %u", r->tags);
	printf(": %s\n", verdicts[event->verdict]);
}

static void on_record(struct trace *t, const void *data, size_t size)
{
	struct echo_event event;
	struct request request;
	size_t head;

	if (size < sizeof(event))
		return;
	memcpy(&event, data, sizeof(event));
	if (event.verdict >= ECHO_VERDICTS)
		return;
	/* The kernel pads records. */
	head = size - sizeof(event);
	if (head > event.frame_len)
		head = event.frame_len;
	read_frame((const __u8 *)data + sizeof(event), head, &request);
	request.tags += event.hidden_tags;
	t->printed++;
	if (t->json)
		print_json(t, &event, &request);
	else
		print_text(t, &event, &request);
}

static void on_loss(struct trace *t, unsigned long long lost)
{
	if (!t->counts_losses)
		t->lost += lost;
	if (t->json)
		report_line(json_pack("{s:s, s:I}", "ifname", t->ifname,
				      "records_lost", (json_int_t)lost));
	else
		printf("%s: %llu records lost here\n", t->ifname, lost);
}

/* Layouts are in linux/perf_event.h, at enum perf_event_type. */
static enum bpf_perf_event_ret on_event(void *ctx, int cpu,
					struct perf_event_header *event)
{
	const struct {
		struct perf_event_header header;
		__u32 size;
		__u8 data[];
	} *sample = (void *)event;
	const struct {
		struct perf_event_header header;
		__u64 id;
		__u64 lost;
	} *loss = (void *)event;

	(void)cpu;
	if (event->type == PERF_RECORD_SAMPLE)
		on_record(ctx, sample->data, sample->size);
	else if (event->type == PERF_RECORD_LOST)
		on_loss(ctx, loss->lost);
	return LIBBPF_PERF_EVENT_CONT;
}

static struct perf_buffer *listen_to(int map, struct trace *t, __u64 format)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW,
		.read_format = format,
		.sample_period = 1,
		.wakeup_events = 1,
	};

	return perf_buffer__new_raw(map, PAGES, &attr, on_event, t, NULL);
}

static volatile sig_atomic_t stop;

static void on_signal(int signal)
{
	(void)signal;
	stop = 1;
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

struct trace *trace_open(const struct program *p, const char *ifname, bool json)
{
	int map = bpf_object__find_map_fd_by_name(p->obj, ECHO_EVENTS_MAP);
	struct trace *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	snprintf(t->ifname, sizeof(t->ifname), "%s", ifname);
	t->json = json;
	t->buffer = listen_to(map, t, PERF_FORMAT_LOST);
	t->counts_losses = t->buffer;
	if (!t->buffer)
		t->buffer = listen_to(map, t, 0);
	if (!t->buffer) {
		free(t);
		return NULL;
	}
	catch_signals();
	return t;
}

static int watch_all(struct trace *const *traces, size_t count)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC);

	for (size_t i = 0; i < count; i++) {
		struct epoll_event event = { .events = EPOLLIN, .data.u64 = i };

		epoll_ctl(epoll, EPOLL_CTL_ADD,
			  perf_buffer__epoll_fd(traces[i]->buffer), &event);
	}
	return epoll;
}

void trace_run(struct trace *const *traces, size_t count,
	       bool (*goes_on)(void *data), void *data)
{
	int epoll = watch_all(traces, count);
	struct epoll_event event;
	time_t asked = time(NULL);

	while (!stop && !ferror(stdout)) {
		if (epoll_wait(epoll, &event, 1, 1000) == 1)
			perf_buffer__consume(traces[event.data.u64]->buffer);
		output_flush();
		if (time(NULL) == asked)
			continue;
		asked = time(NULL);
		if (!goes_on(data))
			break;
	}
	close(epoll);
}

static void count_losses(struct trace *t)
{
	for (size_t i = 0; i < perf_buffer__buffer_cnt(t->buffer); i++) {
		struct {
			__u64 value;
			__u64 lost;
		} counts;

		if (read(perf_buffer__buffer_fd(t->buffer, i), &counts,
			 sizeof(counts)) == sizeof(counts))
			t->lost += counts.lost;
	}
}

void trace_finish(struct trace *t)
{
	perf_buffer__consume(t->buffer);
	output_flush();
	if (t->counts_losses)
		count_losses(t);
	if (t->json)
		report_line(json_pack("{s:s, s:I, s:I}", "ifname", t->ifname,
				      "traced", (json_int_t)t->printed, "lost",
				      (json_int_t)t->lost));
	report_error(t->ifname, "%llu echo requests traced, %llu lost",
		     t->printed, t->lost);
}

void trace_close(struct trace *t)
{
	if (!t)
		return;
	perf_buffer__free(t->buffer);
	free(t);
}
