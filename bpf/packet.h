/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Find and judge: reads headers that the caller has found to be in the frame,
 * and writes nothing.
 */
#ifndef ECHO_PACKET_H
#define ECHO_PACKET_H

#include <stdbool.h>
#include <linux/bpf.h>
#include <linux/in.h>
#include <bpf/bpf_helpers.h>

#include "echo.h"
#include "reply.h"

/*
 * The usual way goes straight on: a place that is jumped to ends the card's
 * cache of what was read.
 */
#ifndef likely
#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#endif

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

#define IP_MORE_FRAGMENTS  0x2000
#define IP_FRAGMENT_OFFSET 0x1fff
#define IPV4_PLAIN_HEADER  0x45 /* version 4, five words: no options */

static __always_inline bool is_vlan(__be16 proto)
{
	switch (proto) {
	case bpf_htons(ETH_P_8021Q):
	case bpf_htons(ETH_P_8021AD):
		return true;
	default:
		return false;
	}
}

static __always_inline bool has_group_mac(const struct ethhdr *eth)
{
	return (eth->h_dest[0] | eth->h_source[0]) & 1;
}

/*
 * Neither a host's own address nor one that a reply could be sent to:
 * 0.0.0.0/8, loopback, and from 224.0.0.0 on multicast, reserved and broadcast.
 */
static __always_inline bool is_special_ipv4(const __be32 *addr)
{
	__u32 net = *(const __u8 *)addr;

	if (net == 127)
		return true;
	net--; /* 0 is the largest now: one comparison for both ends */
	hide(net);
	return net >= 223;
}

/* The same for IPv6: ::, ::1, ff00::/8, and ::ffff:0:0/96, which stands for
 * IPv4 addresses inside a host and is the key of IPv4 targets here.
 */
static __always_inline bool is_special_ipv6(const struct echo_addr *addr)
{
	__u32 first = *(const __u8 *)addr;

	if (unlikely(first == 0xff))
		return true;
	if (likely(first))
		return false;
	return !addr->half[0] && ((addr->half[1] & ~bpf_cpu_to_be64(1)) == 0 ||
				  addr->word[2] == bpf_htonl(0xffff));
}

/* Neighbours differ in the last word: mostly one comparison, not three. */
static __always_inline bool is_same_ipv6(const struct echo_addr *a,
					 const struct echo_addr *b)
{
	return unlikely(a->word[3] == b->word[3]) && a->half[1] == b->half[1] &&
	       a->half[0] == b->half[0];
}

/*
 * Is there an ICMPv4 echo request, as far as a header without options tells?
 * The frame has all of the IP header and of the echo header.
 *
 * Return: ECHO_NOT_ECHO; ECHO_LOOK_DEEPER where there are options or it is a
 * fragment; ECHO_REPLIED_IPV4 for a request that is still to be judged.
 */
static __always_inline enum echo_verdict find_ipv4(const struct iphdr *ip)
{
	const struct echo_hdr *icmp = (const void *)(ip + 1);

	if (unlikely(ip->protocol != IPPROTO_ICMP))
		return ECHO_NOT_ECHO;
	if (unlikely(*(const __u8 *)ip != IPV4_PLAIN_HEADER))
		return ECHO_LOOK_DEEPER;
	if (unlikely(icmp->type_code != ICMPV4_ECHO_REQUEST))
		return ECHO_NOT_ECHO;
	if (unlikely(ip->frag_off &
		     bpf_htons(IP_FRAGMENT_OFFSET | IP_MORE_FRAGMENTS)))
		return ECHO_LOOK_DEEPER;
	return ECHO_REPLIED_IPV4;
}

/* Addresses that no reply is to go to or to come from, or the same twice? */
static __always_inline bool has_special_ipv4(const struct iphdr *ip)
{
	return is_special_ipv4(&ip->saddr) || is_special_ipv4(&ip->daddr) ||
	       ip->saddr == ip->daddr;
}

static __always_inline bool has_special_ipv6(const struct ipv6hdr *ip6)
{
	const struct echo_addr *src = (const void *)&ip6->saddr;
	const struct echo_addr *dst = (const void *)&ip6->daddr;

	return is_special_ipv6(src) || is_special_ipv6(dst) ||
	       is_same_ipv6(src, dst);
}

/*
 * Does a length in a header not fit? It is to be @min at least, and not more
 * than the frame has, with @behind bytes behind that minimum. One comparison
 * tells both: what is less than @min is a very large number then.
 */
static __always_inline bool is_wrong_len(__u32 len, __u32 min, __u32 behind)
{
	return len - min > behind;
}

#define MIN_IPV4_LEN (sizeof(struct iphdr) + sizeof(struct echo_hdr))
#define MIN_IPV6_LEN (sizeof(struct ipv6hdr) + sizeof(struct echo_hdr))

/*
 * Judge what find_ipv4() found: may it be answered?
 * @behind: bytes in the frame behind the echo header
 */
static __always_inline enum echo_verdict judge_ipv4(const struct ethhdr *eth,
						    const struct iphdr *ip,
						    __u32 behind)
{
	if (unlikely(has_group_mac(eth) || has_special_ipv4(ip)))
		return ECHO_LEFT_TO_HOST;
	if (unlikely(
		    is_wrong_len(bpf_ntohs(ip->tot_len), MIN_IPV4_LEN, behind)))
		return ECHO_MALFORMED;
	return ECHO_REPLIED_IPV4;
}

/* As find_ipv4(), for what says that ICMPv6 follows. */
static __always_inline enum echo_verdict find_ipv6(const struct ipv6hdr *ip6)
{
	const struct echo_hdr *icmp = (const void *)(ip6 + 1);

	if (unlikely(ip6->version != 6))
		return ECHO_NOT_ECHO;
	if (unlikely(icmp->type_code != ICMPV6_ECHO_REQUEST))
		return ECHO_NOT_ECHO;
	return ECHO_REPLIED_IPV6;
}

/* As judge_ipv4(). */
static __always_inline enum echo_verdict judge_ipv6(const struct ethhdr *eth,
						    const struct ipv6hdr *ip6,
						    __u32 behind)
{
	__u32 len = bpf_ntohs(ip6->payload_len);

	if (unlikely(has_group_mac(eth) || has_special_ipv6(ip6)))
		return ECHO_LEFT_TO_HOST;
	if (unlikely(is_wrong_len(len, sizeof(struct echo_hdr), behind)))
		return ECHO_MALFORMED;
	return ECHO_REPLIED_IPV6;
}

#endif
