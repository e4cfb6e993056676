/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Request to reply: pure functions on headers, without maps, helpers or
 * bounds checks. Compiled into every variant and into the unit tests, which
 * enumerate every checksum.
 *
 * Checksums are changed, never recomputed, so that the cost of a reply does
 * not depend on its payload. A request with a wrong checksum therefore gets a
 * reply that is wrong in the same way, and the requester drops it.
 */
#ifndef ECHO_REPLY_H
#define ECHO_REPLY_H

#include <linux/types.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_endian.h>

#include "echo.h"

#ifndef __always_inline
#define __always_inline inline __attribute__((always_inline))
#endif

/*
 * The compiler forgets how @var was made. For where it would replace what is
 * written by something that is dearer on the card.
 */
#define hide(var) asm("" : "+r"(var))

/*
 * ICMP and ICMPv6 echo header. <linux/icmp.h> would pull in the C library's
 * headers. Type and code are one word, because the checksum covers them as one.
 */
struct echo_hdr {
	__be16 type_code;
	__sum16 checksum;
	__be16 id;
	__be16 sequence;
};

/* IPPROTO_ICMP, which programs and user space have from different headers. */
#define PROTO_ICMPV4 1

#define ECHO_TYPE_CODE(type) bpf_htons((type) << 8)

#define ICMPV4_ECHO_REQUEST ECHO_TYPE_CODE(8)
#define ICMPV4_ECHO_REPLY   ECHO_TYPE_CODE(0)
#define ICMPV6_ECHO_REQUEST ECHO_TYPE_CODE(128)
#define ICMPV6_ECHO_REPLY   ECHO_TYPE_CODE(129)

/* A reply that kept a request's small TTL would die on its way back. */
#define ECHO_REPLY_TTL 64

/*
 * RFC 1624 eq. 3: HC' = ~(~HC + ~m + m'). Right wherever the words that are
 * summed are not all zero, as in an IPv4 header and under an ICMPv6 pseudo
 * header. Works in either byte order, as long as all words are in the same.
 *
 * That is HC + m - m' modulo 0xffff, from 0 to 0xfffe, where m' is not 0. The
 * remainder of sum - 1 is in the low half of sum - 1 plus quotient, and the
 * quotient is (sum + (sum >> 16)) >> 16 for a few words: one fold, no masks.
 */
static __always_inline __sum16 csum_replace(__sum16 check, __be16 from,
					    __be16 to)
{
	__u32 sum = (__u32)check + from + (0xffff - to) + 1;

	sum += (sum + (sum >> 16)) >> 16;
	hide(sum);
	return sum - 1;
}

/*
 * RFC 1624 eq. 4 for ICMPv4 type 8 -> 0, code 0: HC' = HC + m with m = 0x0800
 * and m' = 0. The fold is the end-around carry. Not eq. 3: for the reply that
 * is all zero it gives 0x0000, where only 0xffff verifies.
 */
static __always_inline __sum16 csum_icmpv4_reply(__sum16 check)
{
	__u32 sum = (__u32)check + ICMPV4_ECHO_REQUEST;

	sum += sum >> 16;
	hide(sum); /* not a multiplication */
	return sum;
}

static __always_inline __sum16 csum_icmpv6_reply(__sum16 check)
{
	return csum_replace(check, ICMPV6_ECHO_REQUEST, ICMPV6_ECHO_REPLY);
}

/* The word of an IPv4 header that holds TTL and protocol. Each is multiplied
 * to its place, so that no bytes are swapped at run time.
 */
static __always_inline __be16 ttl_word(__u8 ttl, __u8 protocol)
{
	return ttl * bpf_htons(0x100) + protocol * bpf_htons(1);
}

static __always_inline __sum16 csum_ttl(__sum16 check, __u8 ttl, __u8 protocol)
{
	return csum_replace(check, ttl_word(ttl, protocol),
			    ttl_word(ECHO_REPLY_TTL, protocol));
}

/*
 * As a word and a half each: the cheapest on the card, no dearer on the host.
 * All four are read before the first is written, as each write ends the card's
 * cache of what was read, and clang would read some of them later. No more are
 * held at a time than that: with what the checksums are made of, clang runs
 * out of registers, and a key is no more at the bottom of the stack.
 */
static __always_inline void swap_macs(struct ethhdr *eth)
{
	__u32 *dst_word = (__u32 *)eth->h_dest;
	__u16 *dst_half = (__u16 *)(eth->h_dest + 4);
	__u32 *src_word = (__u32 *)eth->h_source;
	__u16 *src_half = (__u16 *)(eth->h_source + 4);
	__u32 dst4 = *dst_word, src4 = *src_word;
	__u16 dst2 = *dst_half, src2 = *src_half;

	asm("" : "+r"(dst4), "+r"(dst2), "+r"(src4), "+r"(src2));
	*dst_word = src4;
	*dst_half = src2;
	*src_word = dst4;
	*src_half = dst2;
}

/* Neighbours, written at once: on the card a store costs two instructions,
 * whether of a byte or of four.
 */
union two_words {
	__u32 both;
	struct {
		__be16 first;
		__be16 second;
	};
};

static __always_inline void put_words(void *at, __be16 first, __be16 second)
{
	const union two_words w = { .first = first, .second = second };

	*(__u32 *)at = w.both;
}

/* Swapped addresses leave the IPv4 header's checksum as it was. @src and @dst
 * are those of the request: whoever has read them before need not do it again.
 */
static __always_inline void turn_ipv4(struct ethhdr *eth, struct iphdr *ip,
				      struct echo_hdr *icmp, __be32 src,
				      __be32 dst)
{
	__sum16 check, icmp_check;

	swap_macs(eth);
	check = csum_ttl(ip->check, ip->ttl, PROTO_ICMPV4);
	icmp_check = csum_icmpv4_reply(icmp->checksum);
	put_words(&ip->ttl, ttl_word(ECHO_REPLY_TTL, PROTO_ICMPV4), check);
	ip->saddr = dst;
	ip->daddr = src;
	put_words(icmp, ICMPV4_ECHO_REPLY, icmp_check);
}

static __always_inline void reply_ipv4(struct ethhdr *eth, struct iphdr *ip,
				       struct echo_hdr *icmp)
{
	turn_ipv4(eth, ip, icmp, ip->saddr, ip->daddr);
}

/* Swapped addresses leave the pseudo header's sum as it was, and the hop
 * limit is not part of it.
 */
static __always_inline void reply_ipv6(struct ethhdr *eth, struct ipv6hdr *ip6,
				       struct echo_hdr *icmp)
{
	struct echo_addr *dst = (void *)&ip6->daddr;
	struct echo_addr *src = (void *)&ip6->saddr;
	__be64 dst0 = dst->half[0], dst1 = dst->half[1];

	*dst = *src;
	src->half[0] = dst0;
	src->half[1] = dst1;
	ip6->hop_limit = ECHO_REPLY_TTL;
	swap_macs(eth);
	put_words(icmp, ICMPV6_ECHO_REPLY, csum_icmpv6_reply(icmp->checksum));
}

#endif
