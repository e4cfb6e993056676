/* SPDX-License-Identifier: GPL-2.0-only */
/* What a responder's reply has to be. */
#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "wire/frame.h"
#include "wire/layout.h"

static __u8 request_type(const struct frame_icmp *icmp)
{
	return icmp->family == AF_INET ? ICMP_ECHO : ICMP6_ECHO_REQUEST;
}

static __u8 reply_type(const struct frame_icmp *icmp)
{
	return icmp->family == AF_INET ? ICMP_ECHOREPLY : ICMP6_ECHO_REPLY;
}

static bool is_request(const struct frame_icmp *icmp)
{
	return icmp->type == request_type(icmp) && icmp->code == 0;
}

static void put_swapped(__u8 *to, const __u8 *from, size_t one, size_t two,
			size_t len)
{
	memcpy(to + one, from + two, len);
	memcpy(to + two, from + one, len);
}

int frame_reply_build(const void *request, size_t len, void *reply, size_t room)
{
	const __u8 *q = request;
	struct frame_icmp icmp;
	__u8 *r = reply;

	if (frame_find_icmp(q, len, &icmp) || !is_request(&icmp))
		return -EINVAL;
	if (len > room)
		return -EMSGSIZE;
	memcpy(r, q, len);
	put_swapped(r, q, 0, ETH_ALEN, ETH_ALEN);
	if (icmp.family == AF_INET) {
		put_swapped(r + icmp.l3, q + icmp.l3, IP4_SRC, IP4_DST, 4);
		r[icmp.l3 + IP4_TTL] = FRAME_REPLY_TTL;
	} else {
		put_swapped(r + icmp.l3, q + icmp.l3, IP6_SRC, IP6_DST, 16);
		r[icmp.l3 + IP6_HOPS] = FRAME_REPLY_TTL;
	}
	r[icmp.off] = reply_type(&icmp);
	frame_fix_csums(r, len);
	return len;
}

/* Do @a and @b hold the same bytes from @from up to @to? */
static bool is_same(const __u8 *a, const __u8 *b, size_t from, size_t to)
{
	return !memcmp(a + from, b + from, to - from);
}

/* Are the @len bytes at @one and at @two of @a the other way round in @b? */
static bool is_swapped(const __u8 *a, const __u8 *b, size_t one, size_t two,
		       size_t len)
{
	return !memcmp(a + one, b + two, len) && !memcmp(a + two, b + one, len);
}

/* Bytes of VLAN tags, as far as @len goes. */
static size_t tag_bytes(const __u8 *frame, size_t len)
{
	size_t off = MACS_LEN;

	while (off + TAG_LEN <= len && (get16(frame + off) == ETH_P_8021Q ||
					get16(frame + off) == ETH_P_8021AD))
		off += TAG_LEN;
	return off - MACS_LEN;
}

/* @end: where the ICMP message of the request ends. */
static const char *length_fault(const __u8 *q, size_t q_len, const __u8 *r,
				size_t r_len, size_t end)
{
	size_t sent = tag_bytes(q, q_len), came = tag_bytes(r, r_len);

	if (came < sent)
		return "a VLAN tag is lost";
	if (came > sent)
		return "a VLAN tag is added";
	if (r_len > q_len)
		return "longer than the request";
	if (r_len < end)
		return "payload is cut";
	return r_len < q_len ? "padding is cut" : NULL;
}

/* A TTL or hop limit that is not that of a reply. */
static const char *ttl_fault(int family, __u8 sent, __u8 came)
{
	if (family == AF_INET)
		return came == sent ? "TTL is kept, and not that of a reply"
				    : "TTL is not that of a reply";
	return came == sent ? "hop limit is kept, and not that of a reply"
			    : "hop limit is not that of a reply";
}

/* @q, @r: IP headers of request and reply; @header: bytes, with options. */
static const char *ip4_fault(const __u8 *q, const __u8 *r, size_t header)
{
	if (!is_swapped(q, r, IP4_SRC, IP4_DST, 4))
		return "IPv4 addresses are not swapped";
	if (r[IP4_TTL] != FRAME_REPLY_TTL)
		return ttl_fault(AF_INET, q[IP4_TTL], r[IP4_TTL]);
	if (!is_same(q, r, 0, IP4_TTL) || q[IP4_PROTOCOL] != r[IP4_PROTOCOL] ||
	    !is_same(q, r, IP4_LEN, header))
		return "IPv4 header is changed";
	return NULL;
}

static const char *ip6_fault(const __u8 *q, const __u8 *r)
{
	if (!is_swapped(q, r, IP6_SRC, IP6_DST, 16))
		return "IPv6 addresses are not swapped";
	if (r[IP6_HOPS] != FRAME_REPLY_TTL)
		return ttl_fault(AF_INET6, q[IP6_HOPS], r[IP6_HOPS]);
	if (!is_same(q, r, 0, IP6_HOPS))
		return "IPv6 header is changed";
	return NULL;
}

/* What is behind the IP header, to the end of the frame. */
static const char *icmp_fault(const __u8 *q, const __u8 *r, size_t len,
			      const struct frame_icmp *icmp)
{
	size_t end = icmp->off + icmp->len;

	if (r[icmp->off] != reply_type(icmp) || r[icmp->off + ICMP_CODE] != 0)
		return "type or code is not that of a reply";
	if (!is_same(q, r, icmp->off + ICMP_ID, icmp->off + ECHO_LEN))
		return "id or sequence is changed";
	if (!is_same(q, r, icmp->off + ECHO_LEN, end))
		return "payload is changed";
	if (!is_same(q, r, end, len))
		return "padding is changed";
	return NULL;
}

static __u16 swapped(__u16 word)
{
	return word << 8 | word >> 8;
}

/*
 * Did somebody add the change of the type without the end-around carry? In
 * either byte order, as people do both.
 */
static bool lacks_carry(__u16 sent, __u16 came, int family)
{
	__u16 change = family == AF_INET ? ICMP_ECHO << 8 : -0x100;
	__u16 change_swapped = family == AF_INET ? ICMP_ECHO : -1;

	return (__u16)(sent + change) == came ||
	       (__u16)(swapped(sent) + change_swapped) == swapped(came);
}

/* A checksum that is wrong, though all that it covers is right: which of the
 * rules that others have published makes it?
 */
static const char *icmp_csum_fault(const __u8 *q, const __u8 *r,
				   const struct frame_icmp *icmp)
{
	__u16 sent = get16(q + icmp->off + ICMP_CHECK);
	__u16 came = get16(r + icmp->off + ICMP_CHECK);

	if (sent == came)
		return "ICMP checksum is unchanged";
	if (lacks_carry(sent, came, icmp->family))
		return "ICMP checksum lacks the end-around carry";
	if (!came)
		return "ICMP checksum is 0x0000 and not 0xffff "
		       "(RFC 1624, equation 3)";
	return "ICMP checksum is wrong";
}

static const char *csum_fault(const __u8 *q, const __u8 *r, size_t len,
			      const struct frame_icmp *icmp)
{
	const char *fault = frame_csum_fault(r, len);

	if (fault && !strcmp(fault, FRAME_ICMP_CSUM_FAULT))
		return icmp_csum_fault(q, r, icmp);
	return fault;
}

const char *frame_reply_fault(const void *request, size_t request_len,
			      const void *reply, size_t reply_len)
{
	const __u8 *q = request, *r = reply;
	struct frame_icmp icmp;
	const char *fault;

	if (frame_find_icmp(q, request_len, &icmp) || !is_request(&icmp))
		return "request is no echo request";
	if (frame_csum_fault(q, request_len))
		return "request has a wrong checksum";
	fault = length_fault(q, request_len, r, reply_len, icmp.off + icmp.len);
	if (fault)
		return fault;
	if (!is_swapped(q, r, 0, ETH_ALEN, ETH_ALEN))
		return "MAC addresses are not swapped";
	if (!is_same(q, r, MACS_LEN, icmp.l3))
		return "tags or EtherType are changed";
	fault = icmp.family == AF_INET ? ip4_fault(q + icmp.l3, r + icmp.l3,
						   icmp.off - icmp.l3)
				       : ip6_fault(q + icmp.l3, r + icmp.l3);
	if (!fault)
		fault = icmp_fault(q, r, request_len, &icmp);
	return fault ?: csum_fault(q, r, request_len, &icmp);
}
