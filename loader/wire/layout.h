/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the fields of a frame are. Headers are written and read as bytes: they
 * lie at any address. Inside of loader/wire only.
 */
#ifndef WIRE_LAYOUT_H
#define WIRE_LAYOUT_H

#include <stdbool.h>
#include <linux/if_ether.h>
#include <linux/types.h>

enum {
	MACS_LEN = 2 * ETH_ALEN,
	TAG_LEN = 4,
	IP4_LEN = 20,
	IP6_LEN = 40,
	ECHO_LEN = 8,

	IP4_TOS = 1,
	IP4_TOTAL = 2,
	IP4_ID = 4,
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

	ICMP_CODE = 1,
	ICMP_CHECK = 2,
	ICMP_ID = 4,
	ICMP_SEQUENCE = 6,
};

#define IP4_FRAG_OFFSET 0x1fff

static inline void put16(__u8 *p, __u16 value)
{
	p[0] = value >> 8;
	p[1] = value;
}

static inline __u16 get16(const __u8 *p)
{
	return p[0] << 8 | p[1];
}

/* A group MAC address, broadcast included. */
static inline bool is_group_mac(const __u8 *mac)
{
	return mac[0] & 1;
}

#endif
