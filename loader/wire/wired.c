/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <arpa/inet.h>

#include "wire/wired.h"

#define TYPE_EXPERIMENTAL 0x88b5 /* IEEE 802 local experimental */
#define TRIES		  10
#define WAIT_MS		  100

struct question {
	struct ethhdr eth;
	__u64 nonce;
	__u8 padding[38]; /* to the least that an Ethernet carries */
} __attribute__((packed));

static struct question question(struct wire_port *from, struct wire_port *to)
{
	struct question q = { .eth.h_proto = htons(TYPE_EXPERIMENTAL) };
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	q.nonce = (__u64)getpid() << 32 ^ now.tv_nsec ^ now.tv_sec;
	memcpy(q.eth.h_source, wire_port_mac(from), ETH_ALEN);
	memcpy(q.eth.h_dest, wire_port_mac(to), ETH_ALEN);
	return q;
}

/* The first @len bytes of @q. Return: bytes where it came, 0, or -errno. */
static int came(struct wire_port *to, const struct question *q, size_t len,
		int timeout_ms)
{
	struct wire_buf got[WIRE_BATCH];
	int n = wire_port_recv(to, got, WIRE_BATCH, timeout_ms);

	for (int i = 0; i < n; i++)
		if (got[i].len >= len && !memcmp(got[i].data, q, len))
			return got[i].len;
	return n < 0 ? n : 0;
}

static int send_until_it_came(struct wire_port *from, struct wire_port *to,
			      size_t len)
{
	struct question q = question(from, to);
	struct wire_buf buf = { &q, len };
	int rc = 0;

	for (int i = 0; !rc && i < TRIES; i++) {
		rc = wire_port_send(from, &buf, 1);
		/* What else comes must not use the time up at once. */
		for (int left = 10; !rc && left; left--)
			rc = came(to, &q, len, WAIT_MS / 10);
	}
	return rc ?: -ETIMEDOUT;
}

int wired(struct wire_port *from, struct wire_port *to)
{
	int rc = send_until_it_came(from, to, sizeof(struct question));

	return rc < 0 ? rc : 0;
}

int wired_short(struct wire_port *from, struct wire_port *to)
{
	return send_until_it_came(from, to, offsetof(struct question, padding));
}
