/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	sweep [-t TPID:VID]... [-d ADDRESS] [-l PAYLOAD_BYTES] IFACE 4|6
 *
 * Send an echo request with each of the 65,536 checksums and, for ICMPv4, the
 * one whose reply is all zero; judge every reply by recomputing its checksums.
 * Ends with 0 if all were answered rightly and once, and says in one line what
 * came. It stops at the first batch that gets no answer at all.
 */
#include <stdio.h>

#include "ends.h"

#define CHECKSUMS  65536
#define TIMEOUT_MS 300

struct request {
	__u8 frame[WIRE_FRAME_MAX];
	size_t len;
	bool answered;
};

struct sweep {
	struct wire_port *port;
	struct frame_spec spec;
	struct request batch[WIRE_BATCH];
	unsigned long sent, right, wrong, stray;
};

/* Word at @p plus @add, with end-around carry. */
static void add_word(__u8 *p, __u16 add)
{
	__be16 word = htons(frame_sum(p, 2, add));

	memcpy(p, &word, sizeof(word));
}

/*
 * Give the request at @frame, whose id is zero, the checksum @want by way of
 * its id. The sum of what a checksum covers is its complement, so the id has
 * to add the difference of the two complements, which is old - new.
 */
static void force_checksum(__u8 *frame, size_t len, __u16 want)
{
	struct frame_icmp icmp;
	__be16 be_want = htons(want);
	__u8 *check;

	if (frame_find_icmp(frame, len, &icmp))
		errx(2, "request cannot be built");
	check = frame + icmp.off + 2;
	add_word(frame + icmp.off + 4, frame_sum(check, 2, ~want));
	memcpy(check, &be_want, sizeof(be_want));
}

static void build(struct sweep *sweep, struct request *request, unsigned int n)
{
	struct frame_spec spec = sweep->spec;
	int len;

	/* The last one: nothing but the type is not zero. */
	spec.zeros = n == CHECKSUMS;
	spec.sequence = n;
	len = frame_build(&spec, request->frame, WIRE_FRAME_MAX);
	if (len < 0)
		errx(2, "build: %s", strerror(-len));
	request->len = len;
	request->answered = false;
	if (n < CHECKSUMS)
		force_checksum(request->frame, len, n);
	if (frame_csum_fault(request->frame, len))
		errx(2, "checksum 0x%04x: bad request", n);
}

static void judge(struct sweep *sweep, unsigned int first, unsigned int count,
		  const struct wire_buf *reply)
{
	struct request *request;
	struct frame_icmp icmp;
	const char *fault;
	__u16 index;

	if (!ends_is_reply(reply, &icmp))
		return;
	index = icmp.sequence - first;
	if (index >= count || sweep->batch[index].answered) {
		sweep->stray++;
		return;
	}
	request = &sweep->batch[index];
	request->answered = true;
	fault = frame_reply_fault(request->frame, request->len, reply->data,
				  reply->len);
	if (!fault) {
		sweep->right++;
		return;
	}
	if (sweep->wrong++ < 10)
		fprintf(stderr, "request %u: %s\n", first + index, fault);
}

/* Return: how many of the batch were answered. */
static unsigned int run_batch(struct sweep *sweep, unsigned int first,
			      unsigned int count)
{
	unsigned long before = sweep->right + sweep->wrong;
	struct wire_buf bufs[WIRE_BATCH];
	unsigned int answered;
	int n;

	for (unsigned int i = 0; i < count; i++) {
		build(sweep, &sweep->batch[i], first + i);
		bufs[i] = (struct wire_buf){ sweep->batch[i].frame,
					     sweep->batch[i].len };
	}
	n = wire_port_send(sweep->port, bufs, count);
	if (n)
		errx(2, "send: %s", strerror(-n));
	sweep->sent += count;
	do {
		n = wire_port_recv(sweep->port, bufs, WIRE_BATCH, TIMEOUT_MS);
		for (int i = 0; i < n; i++)
			judge(sweep, first, count, &bufs[i]);
		answered = sweep->right + sweep->wrong - before;
	} while (n > 0 && answered < count);
	return answered;
}

/* Whatever still comes was not asked for. */
static void look_for_more(struct sweep *sweep)
{
	struct wire_buf bufs[WIRE_BATCH];
	struct frame_icmp icmp;
	int n;

	while ((n = wire_port_recv(sweep->port, bufs, WIRE_BATCH, 20)) > 0)
		for (int i = 0; i < n; i++)
			sweep->stray += ends_is_reply(&bufs[i], &icmp);
}

static int report(const struct sweep *sweep)
{
	unsigned long missing = sweep->sent - sweep->right - sweep->wrong;

	printf("sent %lu right %lu wrong %lu missing %lu stray %lu\n",
	       sweep->sent, sweep->right, sweep->wrong, missing, sweep->stray);
	return sweep->wrong || missing || sweep->stray;
}

int main(int argc, char **argv)
{
	static struct sweep sweep;
	unsigned int total;
	int opt;

	sweep.spec = ends_request(ends_family(argc, argv));
	total = CHECKSUMS + (sweep.spec.family == AF_INET);
	while ((opt = getopt(argc, argv, ENDS_OPTIONS)) != -1)
		if (!ends_option(&sweep.spec, opt))
			return 2;
	sweep.port = ends_open(argv[optind], &sweep.spec);
	for (unsigned int n = 0; n < total; n += WIRE_BATCH) {
		unsigned int left = total - n;

		if (!run_batch(&sweep, n,
			       left < WIRE_BATCH ? left : WIRE_BATCH))
			break;
	}
	look_for_more(&sweep);
	wire_port_close(sweep.port);
	return report(&sweep);
}
