/* SPDX-License-Identifier: GPL-2.0-only */
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <stdbool.h>
#include <string.h>

#include "array.h"
#include "wire/frame.h"
#include "wire/host.h"
#include "wire/layout.h"

const char *host_difference_text(unsigned int bit)
{
	static const char *const texts[HOST_DIFFERENCES] = {
		"IPv4 identification and flags are its own, as of every packet "
		"that a host makes",
		"type of service or traffic class is its own",
		"TTL or hop limit is that of its settings",
		"IPv6 flow label is its own",
		"the code of the request is kept",
		"IPv4 options or IPv6 extension headers are not sent back",
		"padding behind the packet is not sent back",
		"VLAN tags are not those of the request (a priority tag "
		"belongs to no VLAN)",
		"MAC addresses are those of its neighbour table",
		"a request to a group is answered in its own name",
		"checksum of a reply that is all zero is 0x0000, and not "
		"0xffff: receivers drop it",
	};

	return bit < ARRAY_SIZE(texts) ? texts[bit] : NULL;
}

#define NO_REQUEST "answered, and is no echo request"

/* A request as a host sees it. */
struct asked {
	const __u8 *frame;
	size_t len;
	int family;
	const __u8 *ip;
	const __u8 *echo;
	size_t payload; /* bytes */
};

/* Return: NULL, or why it is no request. */
static const char *find_asked(const void *frame, size_t len, size_t echo,
			      struct asked *out)
{
	static const char unfit[] = "answered, though its lengths do not fit";
	const __u8 *p = frame;
	int l3 = frame_find_ip(p, len, &out->family);
	size_t end;

	if (l3 < 0)
		return NO_REQUEST;
	end = l3 + (out->family == AF_INET ? IP4_LEN : IP6_LEN);
	if (end > len)
		return unfit;
	out->ip = p + l3;
	end = l3 + (out->family == AF_INET
			    ? get16(out->ip + IP4_TOTAL)
			    : IP6_LEN + get16(out->ip + IP6_PAYLOAD));
	if (end > len || echo + ECHO_LEN > end)
		return unfit;
	out->frame = p;
	out->len = len;
	out->echo = p + echo;
	out->payload = end - echo - ECHO_LEN;
	return *out->echo == (out->family == AF_INET ? ICMP_ECHO
						     : ICMP6_ECHO_REQUEST)
		       ? NULL
		       : NO_REQUEST;
}

static bool is_group_ip(int family, const __u8 *addr)
{
	static const __u8 unspecified[16];

	if (family == AF_INET)
		return addr[0] == 0 || addr[0] == 127 || addr[0] >= 224;
	return addr[0] == 0xff || !memcmp(addr, unspecified, 16);
}

static const char *address_fault(const struct asked *q, const __u8 *r,
				 unsigned int *differences)
{
	size_t src = q->family == AF_INET ? IP4_SRC : IP6_SRC;
	size_t dst = q->family == AF_INET ? IP4_DST : IP6_DST;
	size_t len = dst - src;

	if (is_group_ip(q->family, r + src))
		return "reply from a group address";
	if (memcmp(r + dst, q->ip + src, len))
		return "reply to another address than the request's source";
	if (!memcmp(r + src, q->ip + dst, len))
		return NULL;
	if (!is_group_ip(q->family, q->ip + dst))
		return "reply from another address than the request's "
		       "destination";
	*differences |= HOST_SOURCE;
	return NULL;
}

static const char *mac_fault(const struct asked *q, const __u8 *r,
			     unsigned int *differences)
{
	if (is_group_mac(r + ETH_ALEN))
		return "reply from a group MAC address";
	if (memcmp(q->frame, r + ETH_ALEN, ETH_ALEN) ||
	    memcmp(q->frame + ETH_ALEN, r, ETH_ALEN))
		*differences |= HOST_MAC;
	return NULL;
}

static const char *ip4_fault(const struct asked *q, const __u8 *r,
			     unsigned int *differences)
{
	if (!r[IP4_TTL])
		return "TTL is 0";
	if (r[IP4_TTL] != FRAME_REPLY_TTL)
		*differences |= HOST_TTL;
	if (r[IP4_TOS] != q->ip[IP4_TOS])
		*differences |= HOST_TOS;
	if (memcmp(r + IP4_ID, q->ip + IP4_ID, 4))
		*differences |= HOST_ID;
	return NULL;
}

static const char *ip6_fault(const struct asked *q, const __u8 *r,
			     unsigned int *differences)
{
	if (!r[IP6_HOPS])
		return "hop limit is 0";
	if (r[IP6_HOPS] != FRAME_REPLY_TTL)
		*differences |= HOST_TTL;
	if ((get16(r) & 0xff0) != (get16(q->ip) & 0xff0))
		*differences |= HOST_TOS;
	if ((r[1] & 0xf) != (q->ip[1] & 0xf) || memcmp(r + 2, q->ip + 2, 2))
		*differences |= HOST_FLOW;
	return NULL;
}

static const char *echo_fault(const struct asked *q, const __u8 *r,
			      size_t payload, unsigned int *differences)
{
	if (memcmp(q->echo + ICMP_ID, r + ICMP_ID, 4))
		return "id or sequence is changed";
	if (payload != q->payload)
		return payload < q->payload ? "payload is cut"
					    : "payload is longer";
	if (memcmp(q->echo + ECHO_LEN, r + ECHO_LEN, payload))
		return "payload is changed";
	if (r[ICMP_CODE] && r[ICMP_CODE] != q->echo[ICMP_CODE])
		return "code is neither 0 nor the request's";
	if (r[ICMP_CODE])
		*differences |= HOST_CODE;
	return NULL;
}

/* What is around the packet, and between its headers. */
static unsigned int frame_differences(const struct asked *q, const __u8 *r,
				      size_t r_len,
				      const struct frame_icmp *icmp)
{
	size_t q_l3 = q->ip - q->frame, q_header = q->echo - q->ip;
	size_t r_header = icmp->off - icmp->l3;
	unsigned int differences = 0;

	if (q_l3 != icmp->l3 ||
	    memcmp(q->frame + MACS_LEN, r + MACS_LEN, q_l3 - MACS_LEN))
		differences |= HOST_TAGS;
	if (q_header != r_header)
		differences |= HOST_HEADERS;
	if (q->len - q_l3 - q_header - q->payload !=
	    r_len - icmp->off - icmp->len + ECHO_LEN)
		differences |= HOST_PADDING;
	return differences;
}

/* Sums that are zero have two forms, of which Linux writes the wrong one. */
static const char *csum_fault(const __u8 *r, size_t len,
			      const struct frame_icmp *icmp,
			      unsigned int *differences)
{
	const char *fault = frame_csum_fault(r, len);

	if (!fault || strcmp(fault, FRAME_ICMP_CSUM_FAULT) ||
	    icmp->family != AF_INET || frame_sum(r + icmp->off, icmp->len, 0))
		return fault;
	*differences |= HOST_ZERO;
	return NULL;
}

static bool is_reply(const struct frame_icmp *icmp)
{
	return icmp->type ==
	       (icmp->family == AF_INET ? ICMP_ECHOREPLY : ICMP6_ECHO_REPLY);
}

const char *host_fault(const void *request, size_t request_len, size_t echo,
		       const void *reply, size_t reply_len,
		       unsigned int *differences)
{
	const char *fault;
	unsigned int found = 0;
	struct frame_icmp icmp;
	const __u8 *r = reply;
	struct asked q;

	fault = find_asked(request, request_len, echo, &q);
	if (fault)
		return fault;
	if (frame_find_icmp(r, reply_len, &icmp) || !is_reply(&icmp) ||
	    icmp.family != q.family)
		return "answered by something that is no echo reply";
	fault = address_fault(&q, r + icmp.l3, &found) ?:
		mac_fault(&q, r, &found) ?:
		echo_fault(&q, r + icmp.off, icmp.len - ECHO_LEN, &found) ?:
		(q.family == AF_INET ? ip4_fault(&q, r + icmp.l3, &found)
				     : ip6_fault(&q, r + icmp.l3, &found)) ?:
		csum_fault(r, reply_len, &icmp, &found);
	if (fault)
		return fault;
	*differences = found | frame_differences(&q, r, reply_len, &icmp);
	return NULL;
}

const char *frame_host_fault(const void *request, size_t request_len,
			     const void *reply, size_t reply_len)
{
	unsigned int differences = 0;
	struct frame_icmp asked;
	const char *fault;

	if (frame_find_icmp(request, request_len, &asked))
		return "request is no echo request";
	fault = host_fault(request, request_len, asked.off, reply, reply_len,
			   &differences);
	if (!fault && differences & (HOST_MAC | HOST_SOURCE))
		return "MAC addresses are not swapped";
	return fault;
}
