/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The reply of a host, of any kernel: it is made anew, where a responder's is
 * the request, changed. So it may differ in what the request does not settle.
 */
#ifndef WIRE_HOST_H
#define WIRE_HOST_H

#include <stddef.h>
#include <linux/types.h>

/* What may differ from a responder's reply, as bits. */
enum host_difference {
	HOST_ID = 1 << 0,      /* IPv4 identification, flags */
	HOST_TOS = 1 << 1,     /* type of service, traffic class */
	HOST_TTL = 1 << 2,     /* any but 0 */
	HOST_FLOW = 1 << 3,    /* IPv6 flow label */
	HOST_CODE = 1 << 4,    /* the request's code is kept */
	HOST_HEADERS = 1 << 5, /* options or extension headers are not kept */
	HOST_PADDING = 1 << 6,
	HOST_TAGS = 1 << 7,
	HOST_MAC = 1 << 8,    /* to or from a MAC address not the request's */
	HOST_SOURCE = 1 << 9, /* a group's request answered in its own name */
	HOST_ZERO = 1 << 10,  /* checksum 0x0000 of a reply that is all zero */
};
#define HOST_DIFFERENCES 11

/**
 * host_difference_text() - what differs, and why a host may
 * @bit: of enum host_difference, 0 for the first
 */
const char *host_difference_text(unsigned int bit);

/**
 * host_fault() - is @reply a right echo reply of some host to @request?
 * @echo:	 offset of the echo header in @request
 * @differences: bits of enum host_difference, where it is
 *
 * Right is: to the request's source, from its destination or, where that is a
 * group, from a host; the same id, sequence and payload; right checksums.
 *
 * Return: NULL if it is, otherwise what is wrong first.
 */
const char *host_fault(const void *request, size_t request_len, size_t echo,
		       const void *reply, size_t reply_len,
		       unsigned int *differences);

#endif
