/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is rare should cost the usual path nothing: options, fragments,
 * extension headers and frames too short for a reply go through the tags once
 * more, with variable offsets. None of them is answered.
 */
#ifndef ECHO_DEEPER_H
#define ECHO_DEEPER_H

#include "packet.h"

#define IPV6_FRAGMENT_OFFSET 0xfff8

/* How far an echo request is looked for behind extension headers. It bounds
 * what the card thinks the program reads: at most 1888 bytes (nfp driver,
 * nfp_bpf_offload_check_mtu()).
 */
#define IPV6_MAX_EXT_HEADERS 4
#define IPV6_MAX_EXT_BYTES   512

static __always_inline bool has_type_code(const struct echo_frame *f, __u32 off,
					  __be16 type_code)
{
	const struct echo_hdr *icmp = f->data + off;

	return (void *)&icmp->checksum <= f->end &&
	       icmp->type_code == type_code;
}

/*
 * The verdict on a request whose header ends behind the frame or, where a
 * frame has several buffers, behind the first of them.
 */
static __always_inline enum echo_verdict judge_cut(__u32 len, __u32 min,
						   __u32 room)
{
	if (room < min || is_wrong_len(len, min, room - min))
		return ECHO_MALFORMED;
	return ECHO_LEFT_TO_HOST;
}

/* What has options, is a fragment, or is cut off in the echo header. */
static __always_inline enum echo_verdict look_deeper_ipv4(
	const struct echo_frame *f, __u32 l3, __u32 len, bool group_mac)
{
	const struct iphdr *ip = f->data + l3;
	__u8 version_ihl;

	if ((void *)(ip + 1) > f->end || ip->protocol != IPPROTO_ICMP)
		return ECHO_NOT_ECHO;
	version_ihl = *(const __u8 *)ip;
	if (version_ihl < IPV4_PLAIN_HEADER || version_ihl > 0x4f ||
	    ip->frag_off & bpf_htons(IP_FRAGMENT_OFFSET))
		return ECHO_NOT_ECHO;
	if (!has_type_code(f, l3 + 4 * (version_ihl & 0xf),
			   ICMPV4_ECHO_REQUEST))
		return ECHO_NOT_ECHO;
	if (version_ihl > IPV4_PLAIN_HEADER ||
	    ip->frag_off & bpf_htons(IP_MORE_FRAGMENTS) || group_mac ||
	    has_special_ipv4(ip))
		return ECHO_LEFT_TO_HOST;
	return judge_cut(bpf_ntohs(ip->tot_len), MIN_IPV4_LEN, len - l3);
}

/*
 * Is there an echo request behind IPv6 extension headers? Later fragments have
 * no ICMPv6 header, and what is encrypted cannot be seen: neither is one.
 */
static __always_inline bool has_echo_behind(const struct echo_frame *f,
					    __u32 off, __u8 next)
{
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

static __always_inline enum echo_verdict look_deeper_ipv6(
	const struct echo_frame *f, __u32 l3, __u32 len, bool group_mac)
{
	const struct ipv6hdr *ip6 = f->data + l3;
	__u32 icmp = l3 + sizeof(*ip6);

	if ((void *)(ip6 + 1) > f->end || ip6->version != 6)
		return ECHO_NOT_ECHO;
	if (ip6->nexthdr != IPPROTO_ICMPV6)
		return has_echo_behind(f, icmp, ip6->nexthdr)
			       ? ECHO_LEFT_TO_HOST
			       : ECHO_NOT_ECHO;
	if (!has_type_code(f, icmp, ICMPV6_ECHO_REQUEST))
		return ECHO_NOT_ECHO;
	if (group_mac || has_special_ipv6(ip6))
		return ECHO_LEFT_TO_HOST;
	return judge_cut(bpf_ntohs(ip6->payload_len) + sizeof(*ip6),
			 MIN_IPV6_LEN, len - l3);
}

/*
 * The verdict on what only a host would answer, if it is an echo request.
 * @len: bytes in the whole frame
 *
 * MAC addresses are looked at first, and kept. Where the verifier happens to
 * know the value of a variable offset, the card's driver takes reads there and
 * reads at fixed offsets for neighbours, and serves both from one bus read:
 * between them there has to be a place that is jumped to, as a loop is (Linux
 * 6.1, nfp jit.c, packet cache).
 */
static __always_inline enum echo_verdict look_deeper(const struct echo_frame *f,
						     __u32 len, __u32 max_tags)
{
	const struct eth_type *type = f->data + 2 * ETH_ALEN;
	__u32 l3 = ETH_HLEN;
	__u32 group_mac;

	if ((void *)(type + 1) > f->end)
		return ECHO_NOT_ECHO;
	group_mac = has_group_mac(f->data);
	asm volatile("" : "+r"(group_mac));
#pragma clang loop unroll(disable)
	for (__u32 i = 0; i <= max_tags; i++) {
		if ((void *)(type + 1) > f->end)
			break;
		if (type->proto == bpf_htons(ETH_P_IP))
			return look_deeper_ipv4(f, l3, len, group_mac);
		if (type->proto == bpf_htons(ETH_P_IPV6))
			return look_deeper_ipv6(f, l3, len, group_mac);
		if (!is_vlan(type->proto))
			break;
		type++;
		l3 += sizeof(*type);
	}
	return ECHO_NOT_ECHO;
}

#endif
