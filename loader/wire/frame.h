/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Echo frames in user space: built, searched and judged from scratch. Nothing
 * here updates a checksum: each is summed over the bytes that it covers
 * (RFC 1071), so that it can judge programs that do update them.
 *
 * A frame starts at its Ethernet header, has no frame check sequence, and is
 * all in one piece; it may lie at any address. Lengths and offsets are bytes.
 */
#ifndef WIRE_FRAME_H
#define WIRE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/if_ether.h>
#include <linux/types.h>
#include <netinet/in.h>

#define FRAME_MAX_TAGS	  3  /* one more than a responder looks behind */
#define FRAME_MAX_OPTIONS 10 /* words; the longest IPv4 header is 15 */
#define FRAME_REPLY_TTL	  64 /* of every reply, hop limit alike */
#define FRAME_MAX	  (26 + 65575) /* three tags and the longest packet */

#define FRAME_IP_DF 0x4000
#define FRAME_IP_MF 0x2000

/* Host byte order. */
struct frame_tag {
	__u16 tpid; /* ETH_P_8021Q, ETH_P_8021AD */
	__u16 tci;
};

/* An echo request to build. Zeroed, it lacks only family and addresses. */
struct frame_spec {
	int family; /* AF_INET or AF_INET6 */
	__u8 dst_mac[ETH_ALEN];
	__u8 src_mac[ETH_ALEN];
	unsigned int n_tags;
	struct frame_tag tag[FRAME_MAX_TAGS]; /* outermost first */
	struct in6_addr src;		      /* IPv4 as ::ffff:a.b.c.d */
	struct in6_addr dst;
	__u8 ttl;	      /* or hop limit */
	__u8 tos;	      /* or traffic class */
	__u16 frag_off;	      /* IPv4: flags and offset, host byte order */
	unsigned int options; /* IPv4: words of no-operation options */
	__u16 id;	      /* host byte order */
	__u16 sequence;	      /* host byte order */
	size_t payload;	      /* bytes behind the echo header */
	bool zeros;	/* payload: zeros; otherwise a count from sequence */
	size_t padding; /* zero bytes behind the IP packet */
};

/* Where the ICMP message of a frame is, and what it says. */
struct frame_icmp {
	int family;
	size_t l3;  /* offset of the IP header */
	size_t off; /* offset of the ICMP header */
	size_t len; /* of the message, as the IP header tells */
	__u8 type;
	__u8 code;
	__u16 id;	/* host byte order */
	__u16 sequence; /* host byte order */
};

/**
 * frame_build() - write an echo request with right checksums
 * @spec:  what to write
 * @frame: room for @size bytes; FRAME_MAX is always enough
 *
 * Return: length of the frame; -EINVAL where @spec asks for what no header can
 * hold, -EMSGSIZE where the packet is longer than its length field can say or
 * @size is too small. @frame is written on success only.
 */
int frame_build(const struct frame_spec *spec, void *frame, size_t size);

/**
 * frame_find_ip() - look behind up to FRAME_MAX_TAGS tags
 *
 * Return: offset of the IP header, with AF_INET or AF_INET6 in @family, by what
 * the EtherType says; -ENOMSG, -EBADMSG as frame_find_icmp().
 */
int frame_find_ip(const void *frame, size_t len, int *family);

/**
 * frame_find_icmp() - find an ICMP or ICMPv6 message
 * @icmp: filled on success
 *
 * Looks behind up to FRAME_MAX_TAGS tags and behind IPv4 options, not behind
 * IPv6 extension headers.
 *
 * Return: 0; -ENOMSG where another protocol or a later fragment is there;
 * -EBADMSG where the frame is too short for what its headers say.
 */
int frame_find_icmp(const void *frame, size_t len, struct frame_icmp *icmp);

/**
 * frame_sum() - RFC 1071 sum with end-around carry, host byte order
 * @start: sum so far; 0 at first
 *
 * The sum of a range that holds its own right checksum is 0xffff. A range of
 * odd length ends with a zero byte that is not there, so only the last of
 * several ranges may have one. @len is at most 128 KiB.
 */
__u16 frame_sum(const void *data, size_t len, __u16 start);

#define FRAME_ICMP_CSUM_FAULT "ICMP checksum is wrong"

/**
 * frame_csum_fault() - verify the IPv4 header's and the ICMP checksum
 *
 * Return: NULL if both are right, otherwise what is wrong; a frame without an
 * ICMP message is. The message of a first fragment cannot be verified.
 */
const char *frame_csum_fault(const void *frame, size_t len);

/**
 * frame_fix_csums() - write both checksums anew, after a frame was changed
 *
 * Return: 0, or the error of frame_find_icmp() with the frame unchanged.
 */
int frame_fix_csums(void *frame, size_t len);

/**
 * frame_reply_build() - the one right answer of a responder
 * @reply: room for @room bytes; not @request
 *
 * Of a request with right checksums; its reply has right ones, too.
 *
 * Return: length of the reply, which is @len; -EINVAL where @request is no echo
 * request, -EMSGSIZE.
 */
int frame_reply_build(const void *request, size_t len, void *reply,
		      size_t room);

/**
 * frame_reply_fault() - is @reply exactly the right answer to @request?
 *
 * Right is: the same length, MAC and IP addresses swapped, tags kept, TTL or
 * hop limit FRAME_REPLY_TTL, type changed, every other byte of headers,
 * payload and padding as it was, and both checksums right.
 *
 * Return: NULL if it is, otherwise what is wrong first, and where it is known
 * what rule makes a wrong checksum, that. A request that is no echo request, or
 * has a wrong checksum, has no right answer.
 */
const char *frame_reply_fault(const void *request, size_t request_len,
			      const void *reply, size_t reply_len);

/**
 * frame_host_fault() - is @reply a right answer of any host to @request?
 *
 * As frame_reply_fault(), but the IP header may have its own length, TTL,
 * identification, flags and class, the frame other tags and padding.
 */
const char *frame_host_fault(const void *request, size_t request_len,
			     const void *reply, size_t reply_len);

#endif
