/* SPDX-License-Identifier: GPL-2.0-only */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>

#include "wire/frame.h"
#include "wire/layout.h"

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

int frame_find_ip(const void *frame, size_t len, int *family)
{
	const __u8 *p = frame;
	size_t off = MACS_LEN;

	for (int tags = 0; off + 2 <= len; tags++, off += TAG_LEN) {
		__u16 proto = get16(p + off);

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
	int err = frame_find_ip(p, len, &found.family);

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

const char *frame_csum_fault(const void *frame, size_t len)
{
	struct frame_icmp icmp;
	const __u8 *p = frame;

	if (frame_find_icmp(frame, len, &icmp))
		return "no ICMP message";
	if (icmp.family == AF_INET &&
	    frame_sum(p + icmp.l3, icmp.off - icmp.l3, 0) != 0xffff)
		return "IPv4 header checksum is wrong";
	if (icmp_sum(frame, &icmp) != 0xffff)
		return FRAME_ICMP_CSUM_FAULT;
	return NULL;
}

int frame_fix_csums(void *frame, size_t len)
{
	struct frame_icmp icmp;
	int err = frame_find_icmp(frame, len, &icmp);

	if (!err)
		fix_csums(frame, &icmp);
	return err;
}
