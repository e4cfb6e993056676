/* SPDX-License-Identifier: GPL-2.0-only */
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "wire/layout.h"
#include "wire/match.h"

/* Bytes of payload that tell an echo whose id is another. */
#define PAYLOAD_SEEN 16

static bool is_echo4(__u8 type)
{
	return type == ICMP_ECHO || type == ICMP_ECHOREPLY;
}

static bool is_echo6(__u8 type)
{
	return type == ICMP6_ECHO_REQUEST || type == ICMP6_ECHO_REPLY;
}

/* Of what else a host says, multicast listener reports come behind a hop-by-hop
 * header.
 */
static bool is_chatter(const __u8 *ip, size_t len, int family)
{
	__u8 protocol;

	if (len < (family == AF_INET ? IP4_LEN : IP6_LEN))
		return false;
	protocol = ip[family == AF_INET ? IP4_PROTOCOL : IP6_NEXT];
	if (family == AF_INET6 && protocol == IPPROTO_HOPOPTS)
		return len > IP6_LEN + ECHO_LEN &&
		       !is_echo6(ip[IP6_LEN + ECHO_LEN]);
	return protocol == IPPROTO_IGMP || protocol == IPPROTO_UDP ||
	       protocol == IPPROTO_TCP;
}

enum match_kind match_kind(const void *frame, size_t len,
			   struct frame_icmp *icmp)
{
	const __u8 *p = frame;
	int family, l3;

	if (!frame_find_icmp(p, len, icmp)) {
		if (icmp->family == AF_INET ? is_echo4(icmp->type)
					    : is_echo6(icmp->type))
			return MATCH_ECHO;
		return MATCH_MESSAGE;
	}
	l3 = frame_find_ip(p, len, &family);
	if (l3 > 0 && is_chatter(p + l3, len - l3, family))
		return MATCH_CHATTER;
	return MATCH_OTHER;
}

bool match_message(const __u8 *request, size_t len, size_t echo,
		   const __u8 *reply, size_t reply_len, size_t off)
{
	const __u8 *q = request + echo, *r = reply + off;

	if (echo + ECHO_LEN > len ||
	    memcmp(q + ICMP_SEQUENCE, r + ICMP_SEQUENCE, 2))
		return false;
	if (!memcmp(q + ICMP_ID, r + ICMP_ID, 2))
		return true;
	return echo + ECHO_LEN + PAYLOAD_SEEN <= len &&
	       off + ECHO_LEN + PAYLOAD_SEEN <= reply_len &&
	       !memcmp(q + ECHO_LEN, r + ECHO_LEN, PAYLOAD_SEEN);
}

bool match_place(const __u8 *request, size_t len, size_t echo,
		 const __u8 *reply, size_t reply_len)
{
	static const int shifts[] = { 0, -TAG_LEN, TAG_LEN, -2 * TAG_LEN };
	static const __u8 zero[4];
	const __u8 *key = request + echo + ICMP_ID;

	if (echo + ECHO_LEN > len || !memcmp(key, zero, sizeof(zero)))
		return false;
	for (size_t i = 0; i < sizeof(shifts) / sizeof(*shifts); i++) {
		size_t off = echo + ICMP_ID + shifts[i];

		if (off + sizeof(zero) <= reply_len &&
		    !memcmp(reply + off, key, sizeof(zero)))
			return true;
	}
	return false;
}

bool match_alone(const __u8 *request, size_t len, const __u8 *reply,
		 size_t reply_len)
{
	return len >= ETH_HLEN && reply_len >= ETH_HLEN &&
	       !memcmp(request + MACS_LEN, reply + MACS_LEN, 2);
}

/* Where the source address is, and its length; NULL: nowhere. */
static const __u8 *source_of(const __u8 *frame, size_t len, size_t *size)
{
	int family, l3 = frame_find_ip(frame, len, &family);
	size_t off;

	if (l3 < 0)
		return NULL;
	*size = family == AF_INET ? 4 : 16;
	off = l3 + (family == AF_INET ? IP4_SRC : IP6_SRC);
	return off + 2 * *size <= len ? frame + off : NULL;
}

bool match_source(const __u8 *request, size_t len, const struct in6_addr *addr)
{
	size_t size;
	const __u8 *src = source_of(request, len, &size);

	if (!src || (size == 4) != IN6_IS_ADDR_V4MAPPED(addr))
		return false;
	return !memcmp(src, addr->s6_addr + 16 - size, size);
}

static __u32 hash(__u32 start, const __u8 *p, size_t len)
{
	while (len--)
		start = (start ^ *p++) * 16777619; /* FNV-1a */
	return start;
}

__u32 match_flow(const __u8 *request, size_t len)
{
	size_t size, l2 = len < ETH_HLEN ? len : ETH_HLEN;
	const __u8 *src = source_of(request, len, &size);
	__u32 sum = 2166136261;
	int family, l3 = frame_find_ip(request, len, &family);

	sum = hash(sum, request, l3 > 0 ? (size_t)l3 : l2);
	return src ? hash(sum, src, 2 * size) : sum;
}
