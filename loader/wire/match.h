/* SPDX-License-Identifier: GPL-2.0-only */
/* Which request does a frame answer? Pure functions on frames. */
#ifndef WIRE_MATCH_H
#define WIRE_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <netinet/in.h>

#include "wire/frame.h"

enum match_kind {
	MATCH_ECHO,    /* request or reply */
	MATCH_MESSAGE, /* another one of ICMP; an id may be in it */
	MATCH_CHATTER, /* another protocol, as hosts speak it */
	MATCH_OTHER,   /* may be all that is left of a request */
};

/* @icmp: filled for MATCH_ECHO and MATCH_MESSAGE. */
enum match_kind match_kind(const void *frame, size_t len,
			   struct frame_icmp *icmp);

/* Same sequence, and same id or the same first bytes of payload: does the
 * message at offset @off answer the request whose echo header is at @echo?
 */
bool match_message(const __u8 *request, size_t len, size_t echo,
		   const __u8 *reply, size_t reply_len, size_t off);

/* Does @reply have the id and sequence where the request has them, give or take
 * a few VLAN tags? Only for requests where they are not both 0.
 */
bool match_place(const __u8 *request, size_t len, size_t echo,
		 const __u8 *reply, size_t reply_len);

/* May it answer a request that has nothing to be known by: is it of the same
 * EtherType?
 */
bool match_alone(const __u8 *request, size_t len, const __u8 *reply,
		 size_t reply_len);

/* Is it from this address, IPv4 as ::ffff:a.b.c.d? */
bool match_source(const __u8 *request, size_t len, const struct in6_addr *addr);

/* A number that is the same for requests of the same MACs, tags and addresses,
 * as which networks keep in order.
 */
__u32 match_flow(const __u8 *request, size_t len);

#endif
