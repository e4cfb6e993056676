/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The conformance table: what a responder has to say to each kind of frame,
 * with every boundary between one answer and another. The same cases are for
 * test runs, for veth and for cards.
 *
 *	struct wire_case c;
 *
 *	wire_case_start(&c, &hosts);
 *	while (wire_case_next(&c))
 *		... send c.frame, expect c.verdict ...
 *
 * All frames are what the client sends, with c.id and c.sequence but where all
 * of the message is zero. Many are shorter than the 60 bytes that an Ethernet
 * pads to, which would turn them into other cases, and some are for another
 * MAC address than the server's: whoever sends them over a real link looks at
 * len and at frame.
 */
#ifndef WIRE_CASES_H
#define WIRE_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>
#include <netinet/in.h>

#include "echo.h"
#include "wire/frame.h"

#define WIRE_CASE_ID  0x4543
#define WIRE_CASE_MAX 1536 /* bytes of the longest frame, tags and all */

/* What a case is about. */
enum wire_group {
	WIRE_PAYLOADS,
	WIRE_TAGS,
	WIRE_HEADERS, /* fields that do not matter */
	WIRE_LENGTHS,
	WIRE_MACS,
	WIRE_ADDRESSES,
	WIRE_TARGETS,	/* requests that are not for the answered address */
	WIRE_PROTOCOLS, /* what is no echo request */
	WIRE_FRAGMENTS,
	WIRE_OPTIONS,	 /* of IPv4 */
	WIRE_EXTENSIONS, /* headers of IPv6 */
	WIRE_GROUPS,
};

/* Why a request that a responder answers may get no reply otherwise. */
enum wire_silence {
	WIRE_NO_SILENCE,
	WIRE_TAGGED,	/* for a VLAN that a host may not have */
	WIRE_OTHER_MAC, /* for another MAC address than the server's */
	WIRE_NO_ROUTE,	/* from an address that the reply may not get to */
	WIRE_SILENCES,
};

/*
 * IPv4 as ::ffff:a.b.c.d, all unicast. Cases about addresses bring their own,
 * which must not be targets: single bits, and ends of the unicast ranges.
 */
struct wire_addrs {
	struct in6_addr client;
	struct in6_addr server;	 /* a target with action reply */
	struct in6_addr dropped; /* a target with action drop */
	struct in6_addr other;	 /* no target */
};

struct wire_hosts {
	__u8 client_mac[ETH_ALEN];
	__u8 server_mac[ETH_ALEN];
	struct wire_addrs ip4;
	struct wire_addrs ip6;
	/* Tags that the cases come with, except those about tags. */
	unsigned int n_tags;
	struct frame_tag tag[FRAME_MAX_TAGS];
};

/* One case, and the place in the table. Read only, but for id and sequence. */
struct wire_case {
	const struct wire_hosts *hosts;
	__u16 id;	/* of the next one; WIRE_CASE_ID at first */
	__u16 sequence; /* the same; 1 at first */

	size_t row;
	int n;
	int family; /* AF_INET or AF_INET6 */

	char name[80];
	enum echo_verdict verdict;
	enum wire_group group;
	enum wire_silence silence;
	struct in6_addr dst; /* before what is changed of the frame */
	size_t echo; /* offset of the echo header, be it all in the frame */
	size_t len;
	__u8 frame[WIRE_CASE_MAX];
};

/* @hosts must stay while @c is used, with no more than two tags. */
void wire_case_start(struct wire_case *c, const struct wire_hosts *hosts);

/* Fill in the next case. Return: false after the last one. */
bool wire_case_next(struct wire_case *c);

/* Fill in the case that had this row, n and family. */
void wire_case_at(struct wire_case *c, size_t row, int n, int family);

/* One word: "tags". */
const char *wire_group_name(enum wire_group group);

/* Addresses for cases that never leave the machine. */
extern const struct wire_hosts wire_documentation_hosts;

#endif
