/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "wire/frame.h"

/* Headers are written and read as bytes: they lie at any address. */
enum {
	MACS_LEN = 2 * ETH_ALEN,
	IP4_LEN = 20,
	IP6_LEN = 40,
	ECHO_LEN = 8,

	IP4_TOTAL = 2,
	IP4_FRAG = 6,
	IP4_TTL = 8,
	IP4_PROTOCOL = 9,
	IP4_CHECK = 10,
	IP4_SRC = 12,
	IP4_DST = 16,

	IP6_PAYLOAD = 4,
	IP6_NEXT = 6,
	IP6_HOPS = 7,
	IP6_SRC = 8,
	IP6_DST = 24,

	ICMP_CHECK = 2,
	ICMP_ID = 4,
	ICMP_SEQUENCE = 6,
};

#define IP4_FRAG_OFFSET 0x1fff

static void put16(__u8 *p, __u16 value)
{
	p[0] = value >> 8;
	p[1] = value;
}

static __u16 get16(const __u8 *p)
{
	return p[0] << 8 | p[1];
}

__u16 frame_sum(const void *data, size_t len, __u16 start)
{
	const __u8 *p = data;
	__u32 sum = start;

	for (; len > 1; len -= 2, p += 2)
		sum += get16(p);
	if (len)
		sum += p[0] << 8;
	sum = (sum & 0xffff) + (sum >> 16);
	return (sum & 0xffff) + (sum >> 16);
}

static size_t l3_header_len(const struct frame_spec *spec)
{
	return spec->family == AF_INET ? IP4_LEN + 4 * spec->options : IP6_LEN;
}

static int check_spec(const struct frame_spec *spec, size_t size)
{
	size_t packet = l3_header_len(spec) + ECHO_LEN + spec->payload;
	size_t limit = spec->family == AF_INET ? 0xffff : IP6_LEN + 0xffff;

	if (spec->family != AF_INET && spec->family != AF_INET6)
		return -EINVAL;
	if (spec->n_tags > FRAME_MAX_TAGS || spec->options > FRAME_MAX_OPTIONS)
		return -EINVAL;
	if (spec->payload > limit || packet > limit || spec->padding > size)
		return -EMSGSIZE;
	if (ETH_HLEN + 4 * spec->n_tags + packet + spec->padding > size)
		return -EMSGSIZE;
	return 0;
}

/* Return: behind the EtherType. */
static __u8 *put_ethernet(__u8 *p, const struct frame_spec *spec)
{
	memcpy(p, spec->dst_mac, ETH_ALEN);
	memcpy(p + ETH_ALEN, spec->src_mac, ETH_ALEN);
	p += MACS_LEN;
	for (unsigned int i = 0; i < spec->n_tags; i++, p += 4) {
		put16(p, spec->tag[i].tpid);
		put16(p + 2, spec->tag[i].tci);
	}
	put16(p, spec->family == AF_INET ? ETH_P_IP : ETH_P_IPV6);
	return p + 2;
}

/* Return: behind the header. */
static __u8 *put_ip4(__u8 *p, const struct frame_spec *spec)
{
	size_t header = l3_header_len(spec);

	memset(p, 0, IP4_LEN);
	memset(p + IP4_LEN, IPOPT_NOP, header - IP4_LEN);
	p[0] = 0x40 | header / 4;
	p[1] = spec->tos;
	put16(p + IP4_TOTAL, header + ECHO_LEN + spec->payload);
	put16(p + IP4_FRAG, spec->frag_off);
	p[IP4_TTL] = spec->ttl;
	p[IP4_PROTOCOL] = IPPROTO_ICMP;
	memcpy(p + IP4_SRC, &spec->src.s6_addr[12], 4);
	memcpy(p + IP4_DST, &spec->dst.s6_addr[12], 4);
	return p + header;
}

static __u8 *put_ip6(__u8 *p, const struct frame_spec *spec)
{
	memset(p, 0, IP6_LEN);
	p[0] = 0x60 | spec->tos >> 4;
	p[1] = spec->tos << 4;
	put16(p + IP6_PAYLOAD, ECHO_LEN + spec->payload);
	p[IP6_NEXT] = IPPROTO_ICMPV6;
	p[IP6_HOPS] = spec->ttl;
	memcpy(p + IP6_SRC, &spec->src, sizeof(spec->src));
	memcpy(p + IP6_DST, &spec->dst, sizeof(spec->dst));
	return p + IP6_LEN;
}

/* Return: behind the padding. */
static __u8 *put_echo(__u8 *p, const struct frame_spec *spec)
{
	memset(p, 0, ECHO_LEN);
	p[0] = spec->family == AF_INET ? ICMP_ECHO : ICMP6_ECHO_REQUEST;
	put16(p + ICMP_ID, spec->id);
	put16(p + ICMP_SEQUENCE, spec->sequence);
	p += ECHO_LEN;
	for (size_t i = 0; i < spec->payload; i++)
		p[i] = spec->zeros ? 0 : spec->sequence + i;
	memset(p + spec->payload, 0, spec->padding);
	return p + spec->payload + spec->padding;
}

static __u16 icmp_sum(const __u8 *frame, const struct frame_icmp *icmp)
{
	__u8 pseudo[8] = { [7] = IPPROTO_ICMPV6 };
	__u16 sum;

	if (icmp->family == AF_INET)
		return frame_sum(frame + icmp->off, icmp->len, 0);
	put16(pseudo + 2, icmp->len); /* of four bytes; never more than two */
	sum = frame_sum(frame + icmp->l3 + IP6_SRC, 32, 0);
	sum = frame_sum(pseudo, sizeof(pseudo), sum);
	return frame_sum(frame + icmp->off, icmp->len, sum);
}

static void fix_csums(__u8 *frame, const struct frame_icmp *icmp)
{
	__u8 *ip4_check = frame + icmp->l3 + IP4_CHECK;
	__u8 *icmp_check = frame + icmp->off + ICMP_CHECK;

	if (icmp->family == AF_INET) {
		put16(ip4_check, 0);
		put16(ip4_check,
		      ~frame_sum(frame + icmp->l3, icmp->off - icmp->l3, 0));
	}
	put16(icmp_check, 0);
	put16(icmp_check, ~icmp_sum(frame, icmp));
}

int frame_build(const struct frame_spec *spec, void *frame, size_t size)
{
	struct frame_icmp icmp = { .family = spec->family };
	__u8 *start = frame, *p;
	int err = check_spec(spec, size);

	if (err)
		return err;
	p = put_ethernet(start, spec);
	icmp.l3 = p - start;
	p = spec->family == AF_INET ? put_ip4(p, spec) : put_ip6(p, spec);
	icmp.off = p - start;
	icmp.len = ECHO_LEN + spec->payload;
	p = put_echo(p, spec);
	fix_csums(start, &icmp);
	return p - start;
}

static bool is_tag(__u16 proto)
{
	return proto == ETH_P_8021Q || proto == ETH_P_8021AD;
}

/* Return: offset of the IP header, its family in @family; or an error. */
static int find_ip(const __u8 *frame, size_t len, int *family)
{
	size_t off = MACS_LEN;

	for (int tags = 0; off + 2 <= len; tags++, off += 4) {
		__u16 proto = get16(frame + off);

		if (proto == ETH_P_IP || proto == ETH_P_IPV6) {
			*family = proto == ETH_P_IP ? AF_INET : AF_INET6;
			return off + 2;
		}
		if (!is_tag(proto) || tags == FRAME_MAX_TAGS)
			return -ENOMSG;
	}
	return -EBADMSG;
}

/* @len: bytes of the frame from @ip on. Fills in off and len of @icmp. */
static int find_in_ip4(const __u8 *ip, size_t len, struct frame_icmp *icmp)
{
	size_t header, total;

	if (len < IP4_LEN)
		return -EBADMSG;
	header = 4 * (ip[0] & 0xf);
	total = get16(ip + IP4_TOTAL);
	if (ip[0] >> 4 != 4 || ip[IP4_PROTOCOL] != IPPROTO_ICMP ||
	    get16(ip + IP4_FRAG) & IP4_FRAG_OFFSET)
		return -ENOMSG;
	if (header < IP4_LEN || total < header || total > len)
		return -EBADMSG;
	icmp->off = icmp->l3 + header;
	icmp->len = total - header;
	return 0;
}

static int find_in_ip6(const __u8 *ip6, size_t len, struct frame_icmp *icmp)
{
	size_t payload;

	if (len < IP6_LEN)
		return -EBADMSG;
	payload = get16(ip6 + IP6_PAYLOAD);
	if (ip6[0] >> 4 != 6 || ip6[IP6_NEXT] != IPPROTO_ICMPV6)
		return -ENOMSG;
	if (IP6_LEN + payload > len)
		return -EBADMSG;
	icmp->off = icmp->l3 + IP6_LEN;
	icmp->len = payload;
	return 0;
}

int frame_find_icmp(const void *frame, size_t len, struct frame_icmp *icmp)
{
	struct frame_icmp found = {};
	const __u8 *p = frame;
	int err = find_ip(p, len, &found.family);

	if (err < 0)
		return err;
	found.l3 = err;
	err = found.family == AF_INET
		      ? find_in_ip4(p + found.l3, len - found.l3, &found)
		      : find_in_ip6(p + found.l3, len - found.l3, &found);
	if (err)
		return err;
	if (found.len < ECHO_LEN)
		return -EBADMSG;
	p += found.off;
	found.type = p[0];
	found.code = p[1];
	found.id = get16(p + ICMP_ID);
	found.sequence = get16(p + ICMP_SEQUENCE);
	*icmp = found;
	return 0;
}

static const char *csum_fault(const __u8 *frame, const struct frame_icmp *icmp)
{
	if (icmp->family == AF_INET &&
	    frame_sum(frame + icmp->l3, icmp->off - icmp->l3, 0) != 0xffff)
		return "IPv4 header checksum is wrong";
	if (icmp_sum(frame, icmp) != 0xffff)
		return "ICMP checksum is wrong";
	return NULL;
}

const char *frame_csum_fault(const void *frame, size_t len)
{
	struct frame_icmp icmp;

	if (frame_find_icmp(frame, len, &icmp))
		return "no ICMP message";
	return csum_fault(frame, &icmp);
}

int frame_fix_csums(void *frame, size_t len)
{
	struct frame_icmp icmp;
	int err = frame_find_icmp(frame, len, &icmp);

	if (!err)
		fix_csums(frame, &icmp);
	return err;
}

static bool is_request(const struct frame_icmp *icmp)
{
	__u8 type = icmp->family == AF_INET ? ICMP_ECHO : ICMP6_ECHO_REQUEST;

	return icmp->type == type && icmp->code == 0;
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

/* @q, @r: IP headers of request and reply; @header: bytes, with options. */
static const char *ip4_fault(const __u8 *q, const __u8 *r, size_t header)
{
	if (!is_swapped(q, r, IP4_SRC, IP4_DST, 4))
		return "IPv4 addresses are not swapped";
	if (r[IP4_TTL] != FRAME_REPLY_TTL)
		return "TTL is not that of a reply";
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
		return "hop limit is not that of a reply";
	if (!is_same(q, r, 0, IP6_HOPS))
		return "IPv6 header is changed";
	return NULL;
}

/* What is behind the IP header, to the end of the frame. */
static const char *icmp_fault(const __u8 *q, const __u8 *r, size_t len,
			      const struct frame_icmp *icmp)
{
	size_t end = icmp->off + icmp->len;
	__u8 type = icmp->family == AF_INET ? ICMP_ECHOREPLY : ICMP6_ECHO_REPLY;

	if (r[icmp->off] != type || r[icmp->off + 1] != 0)
		return "type or code is not that of a reply";
	if (!is_same(q, r, icmp->off + ICMP_ID, icmp->off + ECHO_LEN))
		return "id or sequence is changed";
	if (!is_same(q, r, icmp->off + ECHO_LEN, end))
		return "payload is changed";
	if (!is_same(q, r, end, len))
		return "padding is changed";
	return NULL;
}

const char *frame_reply_fault(const void *request, size_t request_len,
			      const void *reply, size_t reply_len)
{
	const __u8 *q = request, *r = reply;
	struct frame_icmp icmp;
	const char *fault;

	if (frame_find_icmp(q, request_len, &icmp) || !is_request(&icmp))
		return "request is no echo request";
	if (csum_fault(q, &icmp))
		return "request has a wrong checksum";
	if (reply_len != request_len)
		return "length is changed";
	if (!is_swapped(q, r, 0, ETH_ALEN, ETH_ALEN))
		return "MAC addresses are not swapped";
	if (!is_same(q, r, MACS_LEN, icmp.l3))
		return "tags or EtherType are changed";
	fault = icmp.family == AF_INET ? ip4_fault(q + icmp.l3, r + icmp.l3,
						   icmp.off - icmp.l3)
				       : ip6_fault(q + icmp.l3, r + icmp.l3);
	if (!fault)
		fault = icmp_fault(q, r, request_len, &icmp);
	return fault ?: csum_fault(r, &icmp);
}

const char *frame_host_fault(const void *request, size_t request_len,
			     const void *reply, size_t reply_len)
{
	const __u8 *q = request, *r = reply;
	struct frame_icmp asked, got;
	bool ip4;

	if (frame_find_icmp(q, request_len, &asked) || !is_request(&asked))
		return "request is no echo request";
	if (frame_find_icmp(r, reply_len, &got) || got.family != asked.family)
		return "no ICMP message";
	ip4 = asked.family == AF_INET;
	if (!is_swapped(q, r, 0, ETH_ALEN, ETH_ALEN))
		return "MAC addresses are not swapped";
	if (!is_swapped(q + asked.l3, r + got.l3, ip4 ? IP4_SRC : IP6_SRC,
			ip4 ? IP4_DST : IP6_DST, ip4 ? 4 : 16))
		return "addresses are not swapped";
	if (got.type != (ip4 ? ICMP_ECHOREPLY : ICMP6_ECHO_REPLY) || got.code)
		return "type or code is not that of a reply";
	if (got.len != asked.len)
		return "length is changed";
	if (memcmp(q + asked.off + ICMP_ID, r + got.off + ICMP_ID,
		   asked.len - ICMP_ID))
		return "id, sequence or payload is changed";
	return csum_fault(r, &got);
}
