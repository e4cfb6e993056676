/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	conform IFACE 4|6
 *
 * Send every case of the conformance table. What is to be answered must be,
 * rightly, and nothing else may be. Prints how many cases there were of each
 * verdict, as JSON and by the names of the responder's counters, sentinels
 * included. The server's end must have no address, so that the replies are the
 * responder's, and must drop requests to 192.0.2.3 and 2001:db8::3.
 */
#include <stdio.h>

#include "array.h"
#include "ends.h"
#include "wire/cases.h"

#define SENTINEL_ID WIRE_CASE_ID + 1
#define TIMEOUT_MS  1000

static const char *const names[] = {
	[ECHO_LEFT_TO_HOST] = "left_to_host",
	[ECHO_MALFORMED] = "malformed",
	[ECHO_NOT_OURS] = "not_ours",
	[ECHO_DROPPED] = "dropped",
	[ECHO_REPLIED_IPV4] = "replied_ipv4",
	[ECHO_REPLIED_IPV6] = "replied_ipv6",
};

struct conform {
	struct wire_port *port;
	struct frame_spec spec; /* of sentinels */
	unsigned long count[ECHO_VERDICTS];
	unsigned int faults;
};

static void fault(struct conform *c, const struct wire_case *the,
		  const char *what)
{
	fprintf(stderr, "%s: %s\n", the->name, what);
	if (++c->faults == 20)
		errx(1, "and so on");
}

/*
 * Behind each case goes a request that is answered. Frames keep their order,
 * so its reply is the end of what there is to wait for.
 */
static void send_case(struct conform *c, const struct wire_case *the)
{
	__u8 sentinel[WIRE_CASE_MAX];
	struct wire_buf bufs[] = { { the->frame, the->len }, { sentinel, 0 } };
	int error;

	c->spec.id = SENTINEL_ID;
	c->spec.sequence++;
	bufs[1].len = frame_build(&c->spec, sentinel, sizeof(sentinel));
	error = wire_port_send(c->port, bufs, ARRAY_SIZE(bufs));
	if (error)
		errx(2, "%s: send: %s", the->name, strerror(-error));
}

static bool is_sentinel(const struct conform *c, const struct wire_buf *buf)
{
	struct frame_icmp icmp;

	return !frame_find_icmp(buf->data, buf->len, &icmp) &&
	       icmp.id == SENTINEL_ID && icmp.sequence == c->spec.sequence;
}

static bool is_answered(const struct wire_case *the)
{
	return the->verdict == ECHO_REPLIED_IPV4 ||
	       the->verdict == ECHO_REPLIED_IPV6;
}

static void judge(struct conform *c, const struct wire_case *the,
		  const struct wire_buf *reply)
{
	const char *what = "answered";

	if (is_answered(the))
		what = frame_reply_fault(the->frame, the->len, reply->data,
					 reply->len);
	if (what)
		fault(c, the, what);
}

static void await_reply(struct conform *c, const struct wire_case *the)
{
	struct wire_buf bufs[WIRE_BATCH];
	unsigned int replies = 0;
	bool done = false;

	while (!done) {
		int n = wire_port_recv(c->port, bufs, WIRE_BATCH, TIMEOUT_MS);

		if (n <= 0)
			errx(1, "%s: and then no answer at all", the->name);
		for (int i = 0; i < n; i++) {
			if (is_sentinel(c, &bufs[i])) {
				done = true;
				continue;
			}
			judge(c, the, &bufs[i]);
			replies++;
		}
	}
	if (is_answered(the) && replies != 1)
		fault(c, the, replies ? "answered twice" : "not answered");
}

static struct wire_addrs addresses(int family)
{
	struct frame_spec spec = ends_request(family);
	struct wire_addrs addrs = {
		.client = spec.src,
		.server = spec.dst,
		.dropped = spec.dst,
		.other = spec.dst,
	};

	addrs.dropped.s6_addr[15] = 3;
	addrs.other.s6_addr[15] = 4;
	return addrs;
}

/* A veth takes no frame that is shorter than an Ethernet header. */
static void run(struct conform *c)
{
	struct wire_hosts hosts = {
		.ip4 = addresses(AF_INET),
		.ip6 = addresses(AF_INET6),
	};
	struct wire_case the;

	memcpy(hosts.client_mac, c->spec.src_mac, ETH_ALEN);
	memcpy(hosts.server_mac, c->spec.dst_mac, ETH_ALEN);
	wire_case_start(&the, &hosts);
	while (wire_case_next(&the)) {
		if (the.len < ETH_HLEN)
			continue;
		send_case(c, &the);
		await_reply(c, &the);
		c->count[c->spec.family == AF_INET ? ECHO_REPLIED_IPV4
						   : ECHO_REPLIED_IPV6]++;
		if (the.verdict < ECHO_VERDICTS)
			c->count[the.verdict]++;
	}
}

static void report(const struct conform *c)
{
	for (int i = 0; i < ECHO_VERDICTS; i++)
		printf("%s\"%s\":%lu", i ? "," : "{", names[i], c->count[i]);
	puts("}");
}

int main(int argc, char **argv)
{
	struct conform c = { .spec = ends_request(ends_family(argc, argv)) };
	int error = wire_port_open(&c.port, argv[1]);

	if (error)
		errx(2, "%s: %s", argv[1], strerror(-error));
	run(&c);
	report(&c);
	wire_port_close(c.port);
	return c.faults != 0;
}
