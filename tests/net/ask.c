/* SPDX-License-Identifier: GPL-2.0-only */
/*
 *	ask [-t TPID:VID]... [-d ADDRESS] [-l PAYLOAD_BYTES] [-k KIND] IFACE 4|6
 *
 * Send one echo request of a kind that ping cannot send, and wait for a reply
 * from whomever. Ends with 0 if one came whose checksums are right, with 1 if
 * none came.
 */
#include <netinet/ip6.h>
#include <stdio.h>

#include "array.h"
#include "ends.h"

#define TIMEOUT_MS 250
#define ASK_ID	   0x4153

struct request {
	struct frame_spec spec;
	__u8 frame[WIRE_FRAME_MAX];
	size_t len;
};

static void options(struct request *r)
{
	r->spec.options = 2;
}

static void group_mac(struct request *r)
{
	__u8 broadcast[ETH_ALEN] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

	memcpy(r->spec.dst_mac, broadcast, ETH_ALEN);
}

static void code(struct request *r)
{
	struct frame_icmp icmp;

	frame_find_icmp(r->frame, r->len, &icmp);
	r->frame[icmp.off + 1] = 1;
	frame_fix_csums(r->frame, r->len);
}

/* Put an extension header of eight bytes behind the IPv6 header. */
static void extend(struct request *r, __u8 type, __u8 third, __u8 fourth)
{
	const __u8 header[8] = { IPPROTO_ICMPV6, 0, third, fourth };
	struct frame_icmp icmp;
	__be16 payload;
	__u8 *ip6;

	frame_find_icmp(r->frame, r->len, &icmp);
	ip6 = r->frame + icmp.l3;
	payload = htons(icmp.len + 8);
	memmove(r->frame + icmp.off + 8, r->frame + icmp.off, icmp.len);
	memcpy(r->frame + icmp.off, header, sizeof(header));
	memcpy(ip6 + 4, &payload, sizeof(payload));
	ip6[6] = type;
	r->len += 8;
}

static void hop_by_hop(struct request *r)
{
	extend(r, IPPROTO_HOPOPTS, IP6OPT_PADN, 4);
}

static void destination(struct request *r)
{
	extend(r, IPPROTO_DSTOPTS, IP6OPT_PADN, 4);
}

/* A fragment header that says that there is but one. */
static void atomic_fragment(struct request *r)
{
	extend(r, IPPROTO_FRAGMENT, 0, 0);
}

static const struct kind {
	const char *name;
	void (*set)(struct request *r);	   /* what is to be built */
	void (*change)(struct request *r); /* what was built */
} kinds[] = {
	{ "plain", NULL, NULL },
	{ "options", options, NULL },
	{ "group-mac", group_mac, NULL },
	{ "code", NULL, code },
	{ "hop-by-hop", NULL, hop_by_hop },
	{ "destination", NULL, destination },
	{ "atomic-fragment", NULL, atomic_fragment },
};

static const struct kind *find_kind(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	errx(2, "no kind: %s", name);
}

static void build(struct request *r, const struct kind *kind)
{
	int len;

	r->spec.id = ASK_ID;
	if (kind->set)
		kind->set(r);
	len = frame_build(&r->spec, r->frame, sizeof(r->frame) - 8);
	if (len < 0)
		errx(2, "build: %s", strerror(-len));
	r->len = len;
	if (kind->change)
		kind->change(r);
}

static int await_reply(struct wire_port *port)
{
	struct wire_buf bufs[WIRE_BATCH];
	struct frame_icmp icmp;
	const char *fault;
	int n;

	while ((n = wire_port_recv(port, bufs, WIRE_BATCH, TIMEOUT_MS)) > 0)
		for (int i = 0; i < n; i++) {
			if (!ends_is_reply(&bufs[i], &icmp) ||
			    icmp.id != ASK_ID)
				continue;
			fault = frame_csum_fault(bufs[i].data, bufs[i].len);
			if (fault)
				errx(2, "%s", fault);
			return 0;
		}
	return 1;
}

int main(int argc, char **argv)
{
	static struct request request;
	const struct kind *kind = kinds;
	struct wire_port *port;
	struct wire_buf buf;
	int opt, error;

	request.spec = ends_request(ends_family(argc, argv));
	while ((opt = getopt(argc, argv, ENDS_OPTIONS "k:")) != -1) {
		if (opt == 'k')
			kind = find_kind(optarg);
		else if (!ends_option(&request.spec, opt))
			return 2;
	}
	port = ends_open(argv[optind], &request.spec);
	build(&request, kind);
	buf = (struct wire_buf){ request.frame, request.len };
	error = wire_port_send(port, &buf, 1);
	if (error)
		errx(2, "send: %s", strerror(-error));
	error = await_reply(port);
	wire_port_close(port);
	return error;
}
