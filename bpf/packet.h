/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Parse and decide: reads a frame, writes nothing. Every bounds check is here.
 *
 * l3 is the offset of the IP header: 14, 18 or 22. Callers pass it as a
 * constant, so that each number of VLAN tags gets its own copy of the code
 * with constant packet offsets. That is what the card's compiler wants: reads
 * at constant offsets from one pointer share one bus read (nfp jit.c, packet
 * cache), where each read at a variable offset costs one of its own.
 */
#ifndef ECHO_PACKET_H
#define ECHO_PACKET_H

#include <stdbool.h>
#include <linux/bpf.h>
#include <linux/in.h>
#include <bpf/bpf_helpers.h>

#include "echo.h"
#include "reply.h"

/* One frame, or its first part where the host has it in several buffers. */
struct echo_frame {
	void *data;
	void *end;
	__u8 hop_limit; /* of an IPv6 request that was answered */
};

/* EtherType and, where that says VLAN, the tag: the next one is behind it. */
struct eth_type {
	__be16 proto;
	__be16 tci;
};

/* 802.1Q or 802.1ad, in any mix. */
#define ECHO_MAX_TAGS 2

#define IP_MORE_FRAGMENTS    0x2000
#define IP_FRAGMENT_OFFSET   0x1fff
#define IPV4_PLAIN_HEADER    0x45 /* version 4, five words: no options */
#define IPV6_FRAGMENT_OFFSET 0xfff8

/* How far an echo request is looked for behind extension headers. It bounds
 * what the card thinks the program reads (nfp-rules H5: at most 1888 bytes).
 */
#define IPV6_MAX_EXT_HEADERS 4
#define IPV6_MAX_EXT_BYTES   512

static __always_inline bool is_vlan(__be16 proto)
{
	return proto == bpf_htons(ETH_P_8021Q) ||
	       proto == bpf_htons(ETH_P_8021AD);
}

static __always_inline bool is_group_mac(const __u8 *mac)
{
	return mac[0] & 1;
}

/*
 * Neither a host's own address nor one that a reply could be sent to:
 * 0.0.0.0/8, loopback, and from 224.0.0.0 on multicast, reserved and broadcast.
 */
static __always_inline bool is_special_ipv4(const __be32 *addr)
{
	__u32 net = *(const __u8 *)addr;

	return net == 0 || net == 127 || net >= 224;
}

/* The same for IPv6: ::, ::1, ff00::/8, and ::ffff:0:0/96, which stands for
 * IPv4 addresses inside a host and is the key of IPv4 targets here.
 */
static __always_inline bool is_special_ipv6(const struct echo_addr *addr)
{
	if (addr->half[0])
		return *(const __u8 *)addr == 0xff;
	return (addr->half[1] & ~bpf_cpu_to_be64(1)) == 0 ||
	       addr->word[2] == bpf_htonl(0xffff);
}

static __always_inline bool is_same_ipv6(const struct echo_addr *a,
					 const struct echo_addr *b)
{
	return ((a->half[0] ^ b->half[0]) | (a->half[1] ^ b->half[1])) == 0;
}

/*
 * Is there an ICMPv4 echo request, as far as a header without options tells?
 *
 * Return: ECHO_NOT_ECHO; ECHO_LOOK_DEEPER where there are options;
 * ECHO_LEFT_TO_HOST for a first fragment; ECHO_REPLIED_IPV4 for a request
 * that is still to be judged. A later fragment has no ICMP header: not echo.
 */
static __always_inline enum echo_verdict find_ipv4(const struct echo_frame *f,
						   __u32 l3)
{
	const struct iphdr *ip = f->data + l3;
	const struct echo_hdr *icmp = (const void *)(ip + 1);
	__u8 version_ihl;

	if ((void *)&icmp->checksum > f->end)
		return ECHO_NOT_ECHO;
	if (ip->protocol != IPPROTO_ICMP)
		return ECHO_NOT_ECHO;
	version_ihl = *(const __u8 *)ip;
	if (version_ihl != IPV4_PLAIN_HEADER)
		return ECHO_LOOK_DEEPER;
	if (icmp->type_code != ICMPV4_ECHO_REQUEST)
		return ECHO_NOT_ECHO;
	if (ip->frag_off & bpf_htons(IP_FRAGMENT_OFFSET))
		return ECHO_NOT_ECHO;
	if (ip->frag_off & bpf_htons(IP_MORE_FRAGMENTS))
		return ECHO_LEFT_TO_HOST;
	return ECHO_REPLIED_IPV4;
}

/*
 * Judge what find_ipv4() found: may it be answered?
 * @len: bytes in the whole frame
 *
 * Return: ECHO_REPLIED_IPV4, and all that reply_ipv4() writes may be written;
 * otherwise the verdict.
 */
static __always_inline enum echo_verdict judge_ipv4(const struct echo_frame *f,
						    __u32 l3, __u32 len)
{
	const struct ethhdr *eth = f->data;
	const struct iphdr *ip = f->data + l3;
	const struct echo_hdr *icmp = (const void *)(ip + 1);
	__u32 total = bpf_ntohs(ip->tot_len);

	if (is_group_mac(eth->h_dest) || is_group_mac(eth->h_source))
		return ECHO_LEFT_TO_HOST;
	if (is_special_ipv4(&ip->saddr) || is_special_ipv4(&ip->daddr) ||
	    ip->saddr == ip->daddr)
		return ECHO_LEFT_TO_HOST;
	if (total < sizeof(*ip) + sizeof(*icmp) || total > len - l3)
		return ECHO_MALFORMED;
	if ((void *)(icmp + 1) > f->end) /* header in the next buffer */
		return ECHO_LEFT_TO_HOST;
	return ECHO_REPLIED_IPV4;
}

/* As find_ipv4(). Extension headers are looked at deeper. */
static __always_inline enum echo_verdict find_ipv6(const struct echo_frame *f,
						   __u32 l3)
{
	const struct ipv6hdr *ip6 = f->data + l3;
	const struct echo_hdr *icmp = (const void *)(ip6 + 1);

	if ((void *)&icmp->checksum > f->end)
		return ECHO_NOT_ECHO;
	if (ip6->nexthdr == IPPROTO_TCP || ip6->nexthdr == IPPROTO_UDP)
		return ECHO_NOT_ECHO;
	if (ip6->version != 6)
		return ECHO_NOT_ECHO;
	if (ip6->nexthdr != IPPROTO_ICMPV6)
		return ECHO_LOOK_DEEPER;
	if (icmp->type_code != ICMPV6_ECHO_REQUEST)
		return ECHO_NOT_ECHO;
	return ECHO_REPLIED_IPV6;
}

/* As judge_ipv4(). */
static __always_inline enum echo_verdict judge_ipv6(const struct echo_frame *f,
						    __u32 l3, __u32 len)
{
	const struct ethhdr *eth = f->data;
	const struct ipv6hdr *ip6 = f->data + l3;
	const struct echo_addr *src = (const void *)&ip6->saddr;
	const struct echo_addr *dst = (const void *)&ip6->daddr;
	const struct echo_hdr *icmp = (const void *)(ip6 + 1);
	__u32 payload = bpf_ntohs(ip6->payload_len);

	if (is_group_mac(eth->h_dest) || is_group_mac(eth->h_source))
		return ECHO_LEFT_TO_HOST;
	if (is_special_ipv6(src) || is_special_ipv6(dst) ||
	    is_same_ipv6(src, dst))
		return ECHO_LEFT_TO_HOST;
	if (payload < sizeof(*icmp) || payload + sizeof(*ip6) > len - l3)
		return ECHO_MALFORMED;
	if ((void *)(icmp + 1) > f->end) /* header in the next buffer */
		return ECHO_LEFT_TO_HOST;
	return ECHO_REPLIED_IPV6;
}

static __always_inline bool has_type_code(const struct echo_frame *f, __u32 off,
					  __be16 type_code)
{
	const struct echo_hdr *icmp = f->data + off;

	return (void *)&icmp->checksum <= f->end &&
	       icmp->type_code == type_code;
}

/* An echo request behind IPv4 options? It may be a fragment, too. */
static __always_inline bool has_echo_ipv4(const struct echo_frame *f, __u32 l3)
{
	const struct iphdr *ip = f->data + l3;
	__u8 version_ihl;

	if ((void *)(ip + 1) > f->end)
		return false;
	version_ihl = *(const __u8 *)ip;
	if (version_ihl < IPV4_PLAIN_HEADER || version_ihl > 0x4f ||
	    ip->frag_off & bpf_htons(IP_FRAGMENT_OFFSET))
		return false;
	return has_type_code(f, l3 + 4 * (version_ihl & 0xf),
			     ICMPV4_ECHO_REQUEST);
}

/*
 * An echo request behind IPv6 extension headers? Later fragments have no
 * ICMPv6 header, and what is encrypted cannot be seen: neither is one.
 */
static __always_inline bool has_echo_ipv6(const struct echo_frame *f, __u32 l3)
{
	const struct ipv6hdr *ip6 = f->data + l3;
	__u32 off = l3 + sizeof(*ip6);
	__u8 next;

	if ((void *)(ip6 + 1) > f->end)
		return false;
	next = ip6->nexthdr;
#pragma clang loop unroll(disable)
	for (int i = 0; i < IPV6_MAX_EXT_HEADERS; i++) {
		const __u8 *ext = f->data + off;

		if ((void *)(ext + 8) > f->end)
			return false;
		if (next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING ||
		    next == IPPROTO_DSTOPTS)
			off += 8 * (ext[1] + 1);
		else if (next == IPPROTO_AH)
			off += 4 * (ext[1] + 2);
		else if (next == IPPROTO_FRAGMENT &&
			 !(*(const __be16 *)(ext + 2) &
			   bpf_htons(IPV6_FRAGMENT_OFFSET)))
			off += 8;
		else
			return false;
		if (off > IPV6_MAX_EXT_BYTES)
			return false;
		next = ext[0];
		if (next == IPPROTO_ICMPV6)
			return has_type_code(f, off, ICMPV6_ECHO_REQUEST);
	}
	return false;
}

/*
 * An echo request that only a host would look for: behind options or extension
 * headers? It goes through the tags again, with variable offsets: what is rare
 * should cost the usual path nothing.
 */
static __always_inline bool has_echo_deeper(const struct echo_frame *f)
{
	const struct eth_type *type = f->data + 2 * ETH_ALEN;
	__u32 l3 = ETH_HLEN;

#pragma clang loop unroll(disable)
	for (__u32 i = 0; i <= ECHO_MAX_TAGS; i++) {
		if ((void *)(type + 1) > f->end)
			return false;
		if (type->proto == bpf_htons(ETH_P_IP))
			return has_echo_ipv4(f, l3);
		if (type->proto == bpf_htons(ETH_P_IPV6))
			return has_echo_ipv6(f, l3);
		type++;
		l3 += sizeof(*type);
	}
	return false;
}

#endif
