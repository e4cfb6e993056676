/* SPDX-License-Identifier: GPL-2.0-only */
#include <stdbool.h>
#include <string.h>

#include "reference.h"

enum {
	MAX_TAGS = 2,
	MAX_CHAIN = 4,
	MAX_CHAIN_END = 512,
	REPLY_TTL = 64,
};

struct packet {
	const struct reference *ref;
	__u8 *frame;
	size_t len;
	size_t seen;
	bool v6;
	size_t l3;
	size_t icmp;
	bool hidden; /* behind options or extension headers, or a fragment */
};

static bool heeds(const struct packet *p, enum reference_part part)
{
	return p->ref->without != part;
}

static bool is_seen(const struct packet *p, size_t off, size_t size)
{
	return off + size <= p->seen;
}

/* Big endian, @size bytes; -1 where they cannot be seen. */
static long get(const struct packet *p, size_t off, size_t size)
{
	long value = 0;

	if (!is_seen(p, off, size))
		return -1;
	for (size_t i = 0; i < size; i++)
		value = value << 8 | p->frame[off + i];
	return value;
}

static void put16(struct packet *p, size_t off, unsigned int value)
{
	p->frame[off] = value >> 8;
	p->frame[off + 1] = value & 0xff;
}

static bool find_ip(struct packet *p)
{
	size_t off = 12;
	int limit = heeds(p, PART_TAG_LIMIT) ? MAX_TAGS : MAX_TAGS + 1;

	for (int tags = 0; tags <= limit; tags++, off += 4) {
		long type = get(p, off, 2);

		p->l3 = off + 2;
		p->v6 = type == 0x86dd;
		if (type == 0x0800 || type == 0x86dd)
			return true;
		if (type != 0x8100 && type != 0x88a8)
			return false;
	}
	return false;
}

static bool find_icmp4(struct packet *p)
{
	long first = get(p, p->l3, 1), frag = get(p, p->l3 + 6, 2);

	if (first < 0 || frag < 0 || get(p, p->l3 + 9, 1) != 1)
		return false;
	if (heeds(p, PART_VERSION) && first >> 4 != 4)
		return false;
	if ((first & 15) < 5)
		return false;
	if (heeds(p, PART_FRAGMENT_OFFSET) && frag & 0x1fff)
		return false;
	p->icmp = p->l3 + (first & 15) * 4;
	p->hidden = (first & 15) > 5 || frag & 0x2000;
	return true;
}

/* Bytes of the extension header at @off; 0 where there is none to skip. */
static size_t extension(const struct packet *p, size_t off, long type)
{
	long len = get(p, off + 1, 1), frag = get(p, off + 2, 2);

	if (!is_seen(p, off, 8))
		return 0;
	switch (type) {
	case IPPROTO_HOPOPTS:
	case IPPROTO_ROUTING:
	case IPPROTO_DSTOPTS:
		return 8 + 8 * len;
	case IPPROTO_AH:
		return 8 + 4 * len;
	case IPPROTO_FRAGMENT:
		return heeds(p, PART_FRAGMENT_OFFSET) && frag & 0xfff8 ? 0 : 8;
	default:
		return 0;
	}
}

static bool find_icmp6(struct packet *p)
{
	int limit = heeds(p, PART_CHAIN_LIMIT) ? MAX_CHAIN : MAX_CHAIN + 1;
	long next = get(p, p->l3 + 6, 1), first = get(p, p->l3, 1);
	size_t off = p->l3 + 40, size;

	if (first < 0 || (heeds(p, PART_VERSION) && first >> 4 != 6))
		return false;
	for (int i = 0; next != IPPROTO_ICMPV6; i++) {
		size = extension(p, off, next);
		if (!size || i == limit)
			return false;
		next = get(p, off, 1);
		off += size;
	}
	p->icmp = off;
	p->hidden = off > p->l3 + 40;
	return off <= MAX_CHAIN_END || !heeds(p, PART_CHAIN_BYTES);
}

static bool is_echo_request(struct packet *p)
{
	if (!find_ip(p) || !(p->v6 ? find_icmp6(p) : find_icmp4(p)))
		return false;
	if (get(p, p->icmp, 1) != (p->v6 ? 128 : 8))
		return false;
	/* The code must be there to be wrong. */
	return heeds(p, PART_CODE) ? get(p, p->icmp + 1, 1) == 0
				   : get(p, p->icmp + 1, 1) >= 0;
}

static size_t address_len(const struct packet *p)
{
	return p->v6 ? 16 : 4;
}

static __u8 *src(const struct packet *p)
{
	return p->frame + p->l3 + (p->v6 ? 8 : 12);
}

static __u8 *dst(const struct packet *p)
{
	return src(p) + address_len(p);
}

static bool is_special(const struct packet *p, const __u8 *addr)
{
	static const __u8 loopback[16] = { [15] = 1 }, unspecified[16];
	static const __u8 mapped[12] = { [10] = 0xff, 0xff };

	if (p->v6)
		return addr[0] == 0xff || !memcmp(addr, loopback, 16) ||
		       !memcmp(addr, unspecified, 16) ||
		       !memcmp(addr, mapped, sizeof(mapped));
	return addr[0] == 0 || addr[0] == 127 || addr[0] >> 5 == 7;
}

static bool is_hidden(const struct packet *p)
{
	return p->hidden;
}

static bool has_group_mac(const struct packet *p)
{
	return (p->frame[0] | p->frame[6]) & 1;
}

static bool has_special_address(const struct packet *p)
{
	return is_special(p, src(p)) || is_special(p, dst(p));
}

static bool has_same_addresses(const struct packet *p)
{
	return !memcmp(src(p), dst(p), address_len(p));
}

/* Bytes from the IP header on, as it says. */
static size_t packet_len(const struct packet *p)
{
	return p->v6 ? 40 + get(p, p->l3 + 4, 2) : get(p, p->l3 + 2, 2);
}

static bool has_wrong_length(const struct packet *p)
{
	return p->l3 + packet_len(p) > p->len ||
	       packet_len(p) < (p->v6 ? 48 : 28);
}

/* The message's header goes on in the next buffer. */
static bool is_split(const struct packet *p)
{
	return !is_seen(p, p->icmp, 8);
}

static const struct reference_target *find(const struct packet *p,
					   const struct in6_addr *addr)
{
	for (size_t i = 0; i < p->ref->n_targets; i++)
		if (!memcmp(&p->ref->targets[i].addr, addr, sizeof(*addr)))
			return &p->ref->targets[i];
	return NULL;
}

static const struct reference_target *target(const struct packet *p)
{
	struct in6_addr addr = { .s6_addr = { [10] = 0xff, [11] = 0xff } };
	const struct reference_target *found = NULL;

	memcpy(&addr.s6_addr[16 - address_len(p)], dst(p), address_len(p));
	if (heeds(p, PART_TARGET))
		found = find(p, &addr);
	if (!found && heeds(p, PART_ANY_TARGET))
		found = find(p, &in6addr_any);
	return found;
}

static bool is_not_ours(const struct packet *p)
{
	return !target(p);
}

static bool is_to_be_dropped(const struct packet *p)
{
	return target(p)->action == ECHO_DROP;
}

/* The first that applies decides. */
static const struct rule {
	enum reference_part part;
	bool (*applies)(const struct packet *p);
	enum echo_verdict verdict;
} rules[] = {
	{ PART_HIDDEN, is_hidden, ECHO_LEFT_TO_HOST },
	{ PART_GROUP_MAC, has_group_mac, ECHO_LEFT_TO_HOST },
	{ PART_SPECIAL_ADDRESS, has_special_address, ECHO_LEFT_TO_HOST },
	{ PART_SAME_ADDRESS, has_same_addresses, ECHO_LEFT_TO_HOST },
	{ PART_LENGTHS, has_wrong_length, ECHO_MALFORMED },
	{ PART_NONE, is_split, ECHO_LEFT_TO_HOST },
	{ PART_NONE, is_not_ours, ECHO_NOT_OURS },
	{ PART_DROP, is_to_be_dropped, ECHO_DROPPED },
};

/* Sum of 16-bit words, with a zero byte behind an odd number of bytes. */
static unsigned long sum(const __u8 *bytes, size_t len)
{
	unsigned long total = 0;

	for (size_t i = 0; i < len; i++)
		total += i % 2 ? bytes[i] : bytes[i] << 8;
	return total;
}

static unsigned long sum_ip_header(const struct packet *p)
{
	return sum(p->frame + p->l3, p->icmp - p->l3);
}

/* The message, and the pseudo header where there is one. */
static unsigned long sum_message(const struct packet *p)
{
	size_t end = p->l3 + packet_len(p), len = 0;

	if (end > p->len)
		end = p->len;
	if (end > p->icmp)
		len = end - p->icmp;
	return sum(p->frame + p->icmp, len) +
	       (p->v6 ? sum(src(p), 32) + len + IPPROTO_ICMPV6 : 0);
}

/*
 * What a sum lacks to be @fault, modulo 0xffff: nothing at all where the
 * request was right, and as much as in the request where it was wrong.
 */
static unsigned int lack(unsigned long fault, unsigned long total)
{
	return (fault % 0xffff + 0xffff - total % 0xffff) % 0xffff;
}

static void swap(__u8 *a, __u8 *b, size_t len)
{
	__u8 tmp[16];

	memcpy(tmp, a, len);
	memcpy(a, b, len);
	memcpy(b, tmp, len);
}

static void reply_ip(struct packet *p)
{
	size_t ttl = p->l3 + (p->v6 ? 7 : 8);
	unsigned long fault = sum_ip_header(p);

	if (heeds(p, PART_SWAP_MACS))
		swap(p->frame, p->frame + 6, 6);
	if (heeds(p, PART_SWAP_ADDRESSES))
		swap(src(p), dst(p), address_len(p));
	if (heeds(p, PART_TTL))
		p->frame[ttl] = REPLY_TTL;
	if (p->v6 || !heeds(p, PART_IP_CHECKSUM))
		return;
	put16(p, p->l3 + 10, 0);
	put16(p, p->l3 + 10, lack(fault, sum_ip_header(p)));
}

/*
 * Of the two zeros that a sum may lack, a message of zeros alone is right with
 * 0xffff only, so that ICMPv4 has it; a pseudo header is never all zero.
 */
static void reply_icmp(struct packet *p)
{
	unsigned long fault = sum_message(p);
	unsigned int check;

	if (heeds(p, PART_TYPE))
		p->frame[p->icmp] = p->v6 ? 129 : 0;
	if (!heeds(p, PART_ICMP_CHECKSUM))
		return;
	put16(p, p->icmp + 2, 0);
	check = lack(fault, sum_message(p));
	put16(p, p->icmp + 2, check || p->v6 ? check : 0xffff);
}

enum echo_verdict reference_answer(const struct reference *ref, __u8 *frame,
				   size_t len, size_t seen)
{
	struct packet p = { ref, frame, len, seen, .v6 = false };

	if (!is_echo_request(&p))
		return ECHO_NOT_ECHO;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (rules[i].part && !heeds(&p, rules[i].part))
			continue;
		if (rules[i].applies(&p))
			return rules[i].verdict;
	}
	reply_icmp(&p);
	reply_ip(&p);
	return p.v6 ? ECHO_REPLIED_IPV6 : ECHO_REPLIED_IPV4;
}
