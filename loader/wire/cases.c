/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "wire/case_make.h"
#include "wire/layout.h"

/* A row stands for the cases of all n from first to last. */
struct row {
	const char *name;
	enum wire_group group;
	int family;		   /* 0 for both */
	enum echo_verdict verdict; /* REPLIED: whichever is the family's */
	int first;
	int last;
	draft_step set;
	draft_step change;
	enum draft_place at;
	int off; /* bytes from there */
	const void *list;
	enum wire_silence silence;
};

static const char *const special_ip4[] = {
	"::ffff:0.0.0.0",	  "::ffff:0.0.0.1",   "::ffff:0.255.255.255",
	"::ffff:127.0.0.0",	  "::ffff:127.0.0.1", "::ffff:127.255.255.255",
	"::ffff:224.0.0.0",	  "::ffff:224.0.0.1", "::ffff:239.255.255.255",
	"::ffff:240.0.0.0",	  "::ffff:247.8.9.1", "::ffff:255.255.255.254",
	"::ffff:255.255.255.255",
};

static const char *const common_ip4[] = {
	"::ffff:1.0.0.0",	  "::ffff:126.255.255.255", "::ffff:128.0.0.0",
	"::ffff:223.255.255.255", "::ffff:100.127.224.255",
};

static const char *const special_ip6[] = {
	"::",
	"::1",
	"ff00::",
	"ff01::1",
	"ff02::1",
	"ff02::2",
	"ff02::1:ff00:1",
	"ff0e::8",
	"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
	"::ffff:0:0",
	"::ffff:192.0.2.1",
	"::ffff:192.0.2.99",
	"::ffff:255.255.255.255",
};

static const char *const common_ip6[] = {
	"::2",
	"::3",
	"::101",
	"::1:0:0:1",
	"::fffe:192.0.2.1",
	"::1:ffff:192.0.2.1",
	"1::",
	"1::1",
	"0:0:0:1::1",
	"fe00::",
	"fe80::1",
	"7f00::1",
	"feff:ffff::ffff:ffff",
};

static const struct tag_stack answered_tags[] = {
	{ 0, {} },
	{ 1, { ETH_P_8021Q } },
	{ 1, { ETH_P_8021AD } },
	{ 2, { ETH_P_8021Q, ETH_P_8021Q } },
	{ 2, { ETH_P_8021Q, ETH_P_8021AD } },
	{ 2, { ETH_P_8021AD, ETH_P_8021Q } },
	{ 2, { ETH_P_8021AD, ETH_P_8021AD } },
};

static const struct tag_stack passed_tags[] = {
	{ 3, { ETH_P_8021Q, ETH_P_8021Q, ETH_P_8021Q } },
	{ 3, { ETH_P_8021AD, ETH_P_8021Q, ETH_P_8021Q } },
	{ 3, { ETH_P_8021AD, ETH_P_8021AD, ETH_P_8021AD } },
	{ 1, { ETH_P_QINQ1 } },
	{ 2, { ETH_P_QINQ1, ETH_P_8021Q } },
	{ 2, { ETH_P_8021Q, ETH_P_QINQ1 } },
	{ 1, { ETH_P_8021AH } },
	{ 1, { ETH_P_MPLS_UC } },
};

/*
 * Extension headers, as put_chain() reads them. Requests are looked for in the
 * first 512 bytes: with two tags, 448 bytes of extension headers end there,
 * and without tags, 460 bytes are too many.
 */
static const char *const seen_chains[] = {
	"H0",	 "R0",	     "D0",	    "D3",	   "A0",
	"A1",	 "A4",	     "F0",	    "F1",	   "F6",
	"H0 F1", "A4 D0",    "D30 D20",	    "H1 D0 R2",	   "F0 H0",
	"H0 R0", "H0 R0 F0", "H0 R0 F0 A0", "D0 D0 D0 D0", "D13 D13 D13 D13",
};

static const char *const unseen_chains[] = {
	"E0",
	"N0",
	"M0",
	"I0",
	"X0",
	"F0x8",
	"F0x10",
	"F0x8000",
	"F0xfff9",
	"H0 F8",
	"H0 E0",
	"D0 N0",
	"A120",
	"A0 X0",
	"F0 F0xf8",
	"H0 R0 F0 E0",
	"D30 D30",
	"D0 D0 D0 D0 D0",
	"D13 D13 D13 A29",
};

#define REPLIED ECHO_REPLIED_IPV4
#define NOT	ECHO_NOT_ECHO
#define LEFT	ECHO_LEFT_TO_HOST
#define BAD	ECHO_MALFORMED
#define OTHER	ECHO_NOT_OURS
#define DROPPED ECHO_DROPPED

#define PAYLOADS   WIRE_PAYLOADS
#define TAGS	   WIRE_TAGS
#define HEADERS	   WIRE_HEADERS
#define LENGTHS	   WIRE_LENGTHS
#define MACS	   WIRE_MACS
#define ADDRESSES  WIRE_ADDRESSES
#define TARGETS	   WIRE_TARGETS
#define PROTOCOLS  WIRE_PROTOCOLS
#define FRAGMENTS  WIRE_FRAGMENTS
#define OPTIONS	   WIRE_OPTIONS
#define EXTENSIONS WIRE_EXTENSIONS

#define IP4 AF_INET
#define IP6 AF_INET6

/* Bytes of echo payload, and what the IP header says with it. */
#define PAYLOAD 56
#define TOTAL4	(20 + 8 + PAYLOAD)
#define TOTAL6	(8 + PAYLOAD)

#define ONCE	.first = 0, .last = 0
#define EACH(a) .first = 0, .last = ARRAY_SIZE(a) - 1, .list = a
#define N(a, b) .first = a, .last = b

#define DST_MAC	     .at = AT_FRAME, .off = 0
#define SRC_MAC	     .at = AT_FRAME, .off = ETH_ALEN
#define ETHER_TYPE   .at = AT_IP, .off = -2
#define LENGTH4	     .change = change_word, .at = AT_IP, .off = 2
#define LENGTH6	     .change = change_word, .at = AT_IP, .off = 4
#define IP_BYTE(n)   .change = change_byte, .at = AT_IP, .off = n
#define ECHO_BYTE(n) .change = change_byte, .at = AT_ECHO, .off = n
#define KEEP	     .change = keep, .at = AT_IP

static const struct row rows[] = {
	/* Answered, whatever else is in the headers. */
	{ "request", PAYLOADS, 0, REPLIED, ONCE },
	{ "tags", TAGS, 0, REPLIED, EACH(answered_tags), .set = set_tags,
	  .silence = WIRE_TAGGED },
	{ "tag control", TAGS, 0, REPLIED, N(0, 1), .set = set_tag_control,
	  .silence = WIRE_TAGGED },
	{ "TTL", HEADERS, 0, REPLIED, N(0, 255), .set = set_ttl },
	{ "type of service", HEADERS, 0, REPLIED, N(0, 255), .set = set_tos },
	{ "payload", PAYLOADS, 0, REPLIED, N(0, 1432), .set = set_payload },
	{ "all zero, payload", PAYLOADS, 0, REPLIED, N(0, 64),
	  .set = set_zeros },
	{ "padding", LENGTHS, 0, REPLIED, N(0, 64), .set = set_padding },
	{ "total length", LENGTHS, IP4, REPLIED, N(28, TOTAL4), LENGTH4 },
	{ "payload length", LENGTHS, IP6, REPLIED, N(8, TOTAL6), LENGTH6 },
	{ "high byte of id", HEADERS, IP4, REPLIED, N(0, 255), IP_BYTE(4) },
	{ "version and class", HEADERS, IP6, REPLIED, N(0x60, 0x6f),
	  IP_BYTE(0) },
	{ "flow label", HEADERS, IP6, REPLIED, N(0, 255), IP_BYTE(2) },
	{ "DF or reserved", HEADERS, IP4, REPLIED, N(14, 15), .set = set_frag },
	{ "to MAC bit", MACS, 0, REPLIED, N(1, 47), .change = flip_bit, DST_MAC,
	  .silence = WIRE_OTHER_MAC },
	{ "from MAC bit", MACS, 0, REPLIED, N(1, 47), .change = flip_bit,
	  SRC_MAC },
	{ "from common", ADDRESSES, IP4, REPLIED, EACH(common_ip4),
	  .set = set_src, .silence = WIRE_NO_ROUTE },
	{ "from common", ADDRESSES, IP6, REPLIED, EACH(common_ip6),
	  .set = set_src, .silence = WIRE_NO_ROUTE },
	{ "from one bit", ADDRESSES, IP4, REPLIED, N(24, 31),
	  .set = set_src_bit, .silence = WIRE_NO_ROUTE },
	{ "from one bit", ADDRESSES, IP6, REPLIED, N(1, 127),
	  .set = set_src_bit, .silence = WIRE_NO_ROUTE },
	{ "from near", ADDRESSES, IP4, REPLIED, N(0, 23),
	  .set = set_src_near_dst, .silence = WIRE_NO_ROUTE },
	{ "from near", ADDRESSES, IP6, REPLIED, N(0, 111),
	  .set = set_src_near_dst, .silence = WIRE_NO_ROUTE },

	/* Not IP, or no echo request in it. */
	{ "tags", TAGS, 0, NOT, EACH(passed_tags), .set = set_tags },
	{ "EtherType bit", PROTOCOLS, 0, NOT, N(0, 15), .change = flip_bit,
	  ETHER_TYPE },
	{ "EtherType of IPv6", PROTOCOLS, IP4, NOT, N(ETH_P_IPV6, ETH_P_IPV6),
	  .change = change_word, ETHER_TYPE },
	{ "EtherType of IPv4", PROTOCOLS, IP6, NOT, N(ETH_P_IP, ETH_P_IP),
	  .change = change_word, ETHER_TYPE },
	{ "bytes of frame", LENGTHS, 0, NOT, N(14, 35), .change = keep },
	{ "bytes of packet", LENGTHS, IP4, NOT, N(0, 21), KEEP },
	{ "bytes of packet", LENGTHS, IP6, NOT, N(0, 41), KEEP },
	{ "version, IHL", PROTOCOLS, IP4, NOT, N(0x00, 0x44), IP_BYTE(0) },
	{ "version, IHL", PROTOCOLS, IP4, NOT, N(0x46, 0xff), IP_BYTE(0) },
	{ "version and class", PROTOCOLS, IP6, NOT, N(0x00, 0x5f), IP_BYTE(0) },
	{ "version and class", PROTOCOLS, IP6, NOT, N(0x70, 0xff), IP_BYTE(0) },
	{ "protocol", PROTOCOLS, IP4, NOT, N(0, 0), IP_BYTE(9) },
	{ "protocol", PROTOCOLS, IP4, NOT, N(2, 255), IP_BYTE(9) },
	{ "next header", PROTOCOLS, IP6, NOT, N(0, 57), IP_BYTE(6) },
	{ "next header", PROTOCOLS, IP6, NOT, N(59, 255), IP_BYTE(6) },
	{ "type", PROTOCOLS, IP4, NOT, N(0, 7), ECHO_BYTE(0) },
	{ "type", PROTOCOLS, IP4, NOT, N(9, 255), ECHO_BYTE(0) },
	{ "type", PROTOCOLS, IP6, NOT, N(0, 127), ECHO_BYTE(0) },
	{ "type", PROTOCOLS, IP6, NOT, N(129, 255), ECHO_BYTE(0) },
	{ "code", PROTOCOLS, 0, NOT, N(1, 255), ECHO_BYTE(1) },
	{ "later fragment", FRAGMENTS, IP4, NOT, N(0, 12), .set = set_frag },
	{ "options, later fragment", OPTIONS, IP4, NOT, N(0, 12),
	  .set = set_two_options_frag },
	{ "options, code", OPTIONS, IP4, NOT, N(1, 255), .set = set_two_options,
	  ECHO_BYTE(1) },
	{ "options, bytes of packet", OPTIONS, IP4, NOT, N(0, 29),
	  .set = set_two_options, KEEP },
	{ "headers unseen", EXTENSIONS, IP6, NOT, EACH(unseen_chains),
	  .change = add_chain },
	{ "headers, code", EXTENSIONS, IP6, NOT, EACH(seen_chains),
	  .change = add_chain_bad_code },
	{ "header, bytes of packet", EXTENSIONS, IP6, NOT, N(0, 49),
	  .change = add_header_keep, .at = AT_IP },
	{ "header, length", EXTENSIONS, IP6, NOT, N(57, 120),
	  .change = add_header_of_length },

	/* A request, but one that is the host's. */
	{ "options", OPTIONS, IP4, LEFT, N(1, FRAME_MAX_OPTIONS),
	  .set = set_options },
	{ "options, other", OPTIONS, IP4, LEFT, N(1, FRAME_MAX_OPTIONS),
	  .set = set_options_other },
	{ "options, MF, DF or reserved", OPTIONS, IP4, LEFT, N(13, 15),
	  .set = set_two_options_frag },
	{ "options, total length", OPTIONS, IP4, LEFT, N(0, TOTAL4 + 40),
	  .set = set_two_options, LENGTH4 },
	{ "options, bytes of packet", OPTIONS, IP4, LEFT, N(30, TOTAL4 + 8),
	  .set = set_two_options, KEEP },
	{ "first fragment", FRAGMENTS, IP4, LEFT, ONCE, .set = set_first_frag },
	{ "first fragment, other", FRAGMENTS, IP4, LEFT, ONCE,
	  .set = set_first_frag_other },
	{ "first fragment, bytes of packet", FRAGMENTS, IP4, LEFT,
	  N(22, TOTAL4), .set = set_first_frag, KEEP },
	{ "headers", EXTENSIONS, IP6, LEFT, EACH(seen_chains),
	  .change = add_chain },
	{ "headers, other", EXTENSIONS, IP6, LEFT, EACH(seen_chains),
	  .set = set_other, .change = add_chain },
	{ "header, bytes of packet", EXTENSIONS, IP6, LEFT,
	  N(50, 40 + 8 + TOTAL6), .change = add_header_keep, .at = AT_IP },
	{ "header, length", EXTENSIONS, IP6, LEFT, N(0, 55),
	  .change = add_header_of_length },
	{ "to MAC bit", MACS, 0, LEFT, N(0, 0), .change = flip_bit, DST_MAC },
	{ "from MAC bit", MACS, 0, LEFT, N(0, 0), .change = flip_bit, SRC_MAC },
	{ "to broadcast", MACS, 0, LEFT, ONCE,
	  .change = change_mac_to_broadcast, DST_MAC },
	{ "from broadcast", MACS, 0, LEFT, ONCE,
	  .change = change_mac_to_broadcast, SRC_MAC },
	{ "from special", ADDRESSES, IP4, LEFT, EACH(special_ip4),
	  .set = set_src },
	{ "from special", ADDRESSES, IP6, LEFT, EACH(special_ip6),
	  .set = set_src },
	{ "to special", ADDRESSES, IP4, LEFT, EACH(special_ip4),
	  .set = set_dst },
	{ "to special", ADDRESSES, IP6, LEFT, EACH(special_ip6),
	  .set = set_dst },
	{ "from one bit", ADDRESSES, IP4, LEFT, N(0, 23), .set = set_src_bit },
	{ "from one bit", ADDRESSES, IP6, LEFT, N(0, 0), .set = set_src_bit },
	{ "source is destination", ADDRESSES, 0, LEFT, ONCE,
	  .set = set_src_to_dst },

	/* Lengths that do not fit. */
	{ "bytes of packet", LENGTHS, IP4, BAD, N(22, TOTAL4 - 1), KEEP },
	{ "bytes of packet", LENGTHS, IP6, BAD, N(42, 40 + TOTAL6 - 1), KEEP },
	{ "total length", LENGTHS, IP4, BAD, N(0, 27), LENGTH4 },
	{ "total length", LENGTHS, IP4, BAD, N(TOTAL4 + 1, TOTAL4 + 64),
	  LENGTH4 },
	{ "total length", LENGTHS, IP4, BAD, N(0xfffe, 0xffff), LENGTH4 },
	{ "payload length", LENGTHS, IP6, BAD, N(0, 7), LENGTH6 },
	{ "payload length", LENGTHS, IP6, BAD, N(TOTAL6 + 1, TOTAL6 + 64),
	  LENGTH6 },
	{ "payload length", LENGTHS, IP6, BAD, N(0xffd7, 0xffff), LENGTH6 },

	/* Addresses. */
	{ "to other", TARGETS, 0, OTHER, ONCE, .set = set_other },
	{ "to common", TARGETS, IP4, OTHER, EACH(common_ip4), .set = set_dst },
	{ "to common", TARGETS, IP6, OTHER, EACH(common_ip6), .set = set_dst },
	{ "to dropped", TARGETS, 0, DROPPED, ONCE, .set = set_dropped },

	/* Where two answers would fit, the first of the order counts. */
	{ "source is destination, total length", ADDRESSES, IP4, LEFT, N(0, 27),
	  .set = set_src_to_dst, LENGTH4 },
	{ "source is destination, payload length", ADDRESSES, IP6, LEFT,
	  N(0, 7), .set = set_src_to_dst, LENGTH6 },
	{ "to other, to MAC bit", TARGETS, 0, LEFT, N(0, 0), .set = set_other,
	  .change = flip_bit, DST_MAC },
	{ "to dropped, from MAC bit", TARGETS, 0, LEFT, N(0, 0),
	  .set = set_dropped, .change = flip_bit, SRC_MAC },
	{ "to other, total length", TARGETS, IP4, BAD, N(0, 27),
	  .set = set_other, LENGTH4 },
	{ "to dropped, payload length", TARGETS, IP6, BAD, N(0, 7),
	  .set = set_dropped, LENGTH6 },
};

static const struct wire_addrs *addrs_of(const struct wire_case *c)
{
	return c->family == AF_INET ? &c->hosts->ip4 : &c->hosts->ip6;
}

static struct frame_spec base_spec(const struct wire_case *c)
{
	struct frame_spec spec = {
		.family = c->family,
		.n_tags = c->hosts->n_tags,
		.src = addrs_of(c)->client,
		.dst = addrs_of(c)->server,
		.ttl = 57,
		.id = c->id,
		.sequence = c->sequence,
		.payload = PAYLOAD,
	};

	memcpy(spec.tag, c->hosts->tag, sizeof(spec.tag));
	memcpy(spec.dst_mac, c->hosts->server_mac, ETH_ALEN);
	memcpy(spec.src_mac, c->hosts->client_mac, ETH_ALEN);
	return spec;
}

static void make(struct wire_case *c, const struct row *row)
{
	struct draft d = {
		.addrs = addrs_of(c),
		.list = row->list,
		.at = row->at,
		.off = row->off,
		.spec = base_spec(c),
		.frame = c->frame,
	};
	int len;

	if (row->set)
		row->set(&d, c->n);
	len = frame_build(&d.spec, c->frame, sizeof(c->frame));
	if (len < 0)
		abort(); /* a mistake in the table */
	d.len = len;
	d.l3 = ETH_HLEN + TAG_LEN * d.spec.n_tags;
	d.echo = d.l3 +
		 (c->family == IP4 ? IP4_LEN + 4 * d.spec.options : IP6_LEN);
	if (row->change)
		row->change(&d, c->n);
	/* Where lengths do not fit, there is nothing to sum. */
	frame_fix_csums(c->frame, d.len);
	c->len = d.len;
	c->echo = d.echo;
	c->dst = d.spec.dst;
}

static void describe(struct wire_case *c, const struct row *row)
{
	const char *version = c->family == IP4 ? "IPv4" : "IPv6";

	if (row->last == 0)
		snprintf(c->name, sizeof(c->name), "%s, %s", version,
			 row->name);
	else
		snprintf(c->name, sizeof(c->name), "%s, %s %d", version,
			 row->name, c->n);
	c->group = row->group;
	c->silence = row->silence;
	c->verdict = row->verdict;
	if (row->verdict == REPLIED && c->family == IP6)
		c->verdict = ECHO_REPLIED_IPV6;
}

static void enter_row(struct wire_case *c, size_t row, int family)
{
	c->row = row;
	if (row == ARRAY_SIZE(rows))
		return;
	c->family = rows[row].family ?: family;
	c->n = rows[row].first - 1;
}

void wire_case_start(struct wire_case *c, const struct wire_hosts *hosts)
{
	c->hosts = hosts;
	c->id = WIRE_CASE_ID;
	c->sequence = 1;
	enter_row(c, 0, IP4);
}

static void fill_in(struct wire_case *c)
{
	describe(c, &rows[c->row]);
	make(c, &rows[c->row]);
}

bool wire_case_next(struct wire_case *c)
{
	while (c->row < ARRAY_SIZE(rows) && c->n == rows[c->row].last) {
		if (!rows[c->row].family && c->family == IP4)
			enter_row(c, c->row, IP6);
		else
			enter_row(c, c->row + 1, IP4);
	}
	if (c->row == ARRAY_SIZE(rows))
		return false;
	c->n++;
	fill_in(c);
	return true;
}

void wire_case_at(struct wire_case *c, size_t row, int n, int family)
{
	c->row = row;
	c->n = n;
	c->family = family;
	fill_in(c);
}

const char *wire_group_name(enum wire_group group)
{
	static const char *const names[WIRE_GROUPS] = {
		[PAYLOADS] = "payloads",
		[TAGS] = "tags",
		[HEADERS] = "headers",
		[LENGTHS] = "lengths",
		[MACS] = "macs",
		[ADDRESSES] = "addresses",
		[TARGETS] = "targets",
		[PROTOCOLS] = "protocols",
		[FRAGMENTS] = "fragments",
		[OPTIONS] = "options",
		[EXTENSIONS] = "extensions",
	};

	return names[group];
}

/* RFC 5737 and RFC 3849: in no network. */
#define DOC_IP4(a, b, c, d)                                         \
	{                                                           \
		.s6_addr = { [10] = 0xff, [11] = 0xff, a, b, c, d } \
	}
#define DOC_IP6(net, host)                                                    \
	{                                                                     \
		.s6_addr = { 0x20, 0x01, 0x0d, 0xb8, [8] = net, [15] = host } \
	}

const struct wire_hosts wire_documentation_hosts = {
	.client_mac = { 0x02, 0, 0, 0, 0, 0x01 },
	.server_mac = { 0x02, 0, 0, 0, 0, 0x02 },
	.ip4 = {
		.client = DOC_IP4(198, 51, 100, 1),
		.server = DOC_IP4(192, 0, 2, 2),
		.dropped = DOC_IP4(192, 0, 2, 3),
		.other = DOC_IP4(192, 0, 2, 4),
	},
	.ip6 = {
		.client = DOC_IP6(1, 1),
		.server = DOC_IP6(7, 2),
		.dropped = DOC_IP6(7, 3),
		.other = DOC_IP6(7, 4),
	},
};
