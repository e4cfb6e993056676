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
 * ICMP and ICMPv6 echo header. <linux/icmp.h> would pull in the C library's
 * headers. Type and code are one word, because the checksum covers them as one.
 */
struct echo_hdr {
	__be16 type_code;
	__sum16 checksum;
	__be16 id;
	__be16 sequence;
};

#define ECHO_TYPE_CODE(type) bpf_htons((type) << 8)

#define ICMPV4_ECHO_REQUEST ECHO_TYPE_CODE(8)
#define ICMPV4_ECHO_REPLY   ECHO_TYPE_CODE(0)
#define ICMPV6_ECHO_REQUEST ECHO_TYPE_CODE(128)
#define ICMPV6_ECHO_REPLY   ECHO_TYPE_CODE(129)

/* A reply that kept a request's small TTL would die on its way back. */
#define ECHO_REPLY_TTL 64

/*
 * RFC 1624 eq. 3: HC' = ~(~HC + ~m + m'), with the carries folded back twice,
 * as the sum of three words can carry again. Right wherever the words that are
 * summed are not all zero, as in an IPv4 header and under an ICMPv6 pseudo
 * header. Works in either byte order, as long as all words are in the same.
 */
static __always_inline __sum16 csum_replace(__sum16 check, __be16 from,
					    __be16 to)
{
	__u32 sum = (__u16)~check + (__u16)~from + (__u32)to;

	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

/*
 * RFC 1624 eq. 4 for ICMPv4 type 8 -> 0, code 0: HC' = HC + m with m = 0x0800
 * and m' = 0. The fold is the end-around carry. Not eq. 3: for the reply that
 * is all zero it gives 0x0000, where only 0xffff verifies.
 */
static __always_inline __sum16 csum_icmpv4_reply(__sum16 check)
{
	__u32 sum = (__u32)check + ICMPV4_ECHO_REQUEST;

	return (sum & 0xffff) + (sum >> 16);
}

static __always_inline __sum16 csum_icmpv6_reply(__sum16 check)
{
	return csum_replace(check, ICMPV6_ECHO_REQUEST, ICMPV6_ECHO_REPLY);
}

/* The word of an IPv4 header that holds TTL and protocol. */
static __always_inline __be16 ttl_word(__u8 ttl, __u8 protocol)
{
	return bpf_htons(ttl << 8 | protocol);
}

static __always_inline __sum16 csum_ttl(__sum16 check, __u8 ttl, __u8 protocol)
{
	return csum_replace(check, ttl_word(ttl, protocol),
			    ttl_word(ECHO_REPLY_TTL, protocol));
}

/*
 * As a word and a half each: the cheapest on the card, no dearer on the host.
 * Deciding has read all that it needs by now. Here clang moves reads behind
 * writes, and each write ends the card's cache of what was read; but to hold
 * all reads before the first write takes more registers than there are: six
 * spilled, 1204 instructions instead of 990, and a key that is no more at the
 * bottom of the stack (tried with clang 14).
 */
static __always_inline void swap_macs(struct ethhdr *eth)
{
	__u32 *dst_word = (__u32 *)eth->h_dest;
	__u16 *dst_half = (__u16 *)(eth->h_dest + 4);
	__u32 *src_word = (__u32 *)eth->h_source;
	__u16 *src_half = (__u16 *)(eth->h_source + 4);
	__u32 dst4 = *dst_word, src4 = *src_word;
	__u16 dst2 = *dst_half, src2 = *src_half;

	*dst_word = src4;
	*dst_half = src2;
	*src_word = dst4;
	*src_half = dst2;
}

/* Swapped addresses leave the IPv4 header's checksum as it was. */
static __always_inline void reply_ipv4(struct ethhdr *eth, struct iphdr *ip,
				       struct echo_hdr *icmp)
{
	__be32 dst = ip->daddr, src = ip->saddr;

	swap_macs(eth);
	ip->check = csum_ttl(ip->check, ip->ttl, ip->protocol);
	ip->ttl = ECHO_REPLY_TTL;
	ip->daddr = src;
	ip->saddr = dst;
	icmp->checksum = csum_icmpv4_reply(icmp->checksum);
	icmp->type_code = ICMPV4_ECHO_REPLY;
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
	__be64 src0 = src->half[0], src1 = src->half[1];

	swap_macs(eth);
	ip6->hop_limit = ECHO_REPLY_TTL;
	dst->half[0] = src0;
	dst->half[1] = src1;
	src->half[0] = dst0;
	src->half[1] = dst1;
	icmp->checksum = csum_icmpv6_reply(icmp->checksum);
	icmp->type_code = ICMPV6_ECHO_REPLY;
}

#endif
