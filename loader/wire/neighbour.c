/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <net/if_arp.h>
#include <netinet/icmp6.h>

#include "clock.h"
#include "wire/frame.h"
#include "wire/layout.h"
#include "wire/neighbour.h"

/* An ARP message for IPv4 over Ethernet, RFC 826. */
struct arp {
	__u8 head[6];
	__u8 operation[2];
	__u8 sender_mac[ETH_ALEN];
	__u8 sender[4];
	__u8 target_mac[ETH_ALEN];
	__u8 target[4];
} __attribute__((packed));

static const __u8 arp_head[] = { 0, ARPHRD_ETHER, 0x08, 0x00, ETH_ALEN, 4 };

/* A neighbour solicitation or advertisement with one option, RFC 4861. */
struct nd {
	__u8 type, code, check[2];
	__u8 flags[4];
	__u8 target[16];
	__u8 option, option_words;
	__u8 mac[ETH_ALEN];
} __attribute__((packed));

#define ND_HOPS		      255
#define ND_SOLICITED_OVERRIDE 0x60

static const __u8 *ip4_of(const struct in6_addr *addr)
{
	return &addr->s6_addr[12];
}

static struct in6_addr from_ip4(const __u8 *ip4)
{
	struct in6_addr addr = { .s6_addr = { [10] = 0xff, [11] = 0xff } };

	memcpy(&addr.s6_addr[12], ip4, 4);
	return addr;
}

static __u8 *put_ethernet(__u8 *frame, const __u8 *dst, const __u8 *src,
			  __u16 type)
{
	memcpy(frame, dst, ETH_ALEN);
	memcpy(frame + ETH_ALEN, src, ETH_ALEN);
	put16(frame + MACS_LEN, type);
	return frame + ETH_HLEN;
}

static int put_arp(__u8 *frame, const __u8 *dst, const struct arp *arp)
{
	__u8 *p = put_ethernet(frame, dst, arp->sender_mac, ETH_P_ARP);

	memcpy(p, arp, sizeof(*arp));
	return ETH_HLEN + sizeof(*arp);
}

static int put_nd(__u8 *frame, const __u8 *dst_mac, const struct in6_addr *dst,
		  const struct in6_addr *src, const struct nd *nd)
{
	__u8 *ip6 = put_ethernet(frame, dst_mac, nd->mac, ETH_P_IPV6);
	/* Who has no address must not tell its MAC address. */
	size_t size = IN6_IS_ADDR_UNSPECIFIED(src) ? offsetof(struct nd, option)
						   : sizeof(*nd);
	size_t len = ETH_HLEN + IP6_LEN + size;

	memset(ip6, 0, IP6_LEN);
	ip6[0] = 0x60;
	put16(ip6 + IP6_PAYLOAD, size);
	ip6[IP6_NEXT] = IPPROTO_ICMPV6;
	ip6[IP6_HOPS] = ND_HOPS;
	memcpy(ip6 + IP6_SRC, src, sizeof(*src));
	memcpy(ip6 + IP6_DST, dst, sizeof(*dst));
	memcpy(ip6 + IP6_LEN, nd, size);
	frame_fix_csums(frame, len);
	return len;
}

static int ask_arp(const struct neighbour *n, __u8 *frame)
{
	static const __u8 broadcast[] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
	struct arp arp = { .operation = { 0, ARPOP_REQUEST } };

	memcpy(arp.head, arp_head, sizeof(arp_head));
	memcpy(arp.sender_mac, n->asker_mac, ETH_ALEN);
	memcpy(arp.sender, ip4_of(&n->asker), 4);
	memcpy(arp.target, ip4_of(&n->wanted), 4);
	return put_arp(frame, broadcast, &arp);
}

/* To the solicited-node group of the address that is wanted. */
static int ask_nd(const struct neighbour *n, __u8 *frame)
{
	const __u8 *low = &n->wanted.s6_addr[13];
	struct in6_addr group = { .s6_addr = { 0xff, 2, [11] = 1, 0xff, low[0],
					       low[1], low[2] } };
	__u8 group_mac[] = { 0x33, 0x33, 0xff, low[0], low[1], low[2] };
	struct nd nd = {
		.type = ND_NEIGHBOR_SOLICIT,
		.option = ND_OPT_SOURCE_LINKADDR,
		.option_words = 1,
	};

	memcpy(nd.target, &n->wanted, sizeof(nd.target));
	memcpy(nd.mac, n->asker_mac, ETH_ALEN);
	return put_nd(frame, group_mac, &group, &n->asker, &nd);
}

int neighbour_question(const struct neighbour *n, __u8 *frame)
{
	return n->family == AF_INET ? ask_arp(n, frame) : ask_nd(n, frame);
}

static int answer_arp(const struct neighbour *n, __u8 *frame)
{
	struct arp arp = { .operation = { 0, ARPOP_REPLY } };

	memcpy(arp.head, arp_head, sizeof(arp_head));
	memcpy(arp.sender_mac, n->wanted_mac, ETH_ALEN);
	memcpy(arp.sender, ip4_of(&n->wanted), 4);
	memcpy(arp.target_mac, n->asker_mac, ETH_ALEN);
	memcpy(arp.target, ip4_of(&n->asker), 4);
	return put_arp(frame, n->asker_mac, &arp);
}

static int answer_nd(const struct neighbour *n, __u8 *frame)
{
	struct nd nd = {
		.type = ND_NEIGHBOR_ADVERT,
		.flags = { ND_SOLICITED_OVERRIDE },
		.option = ND_OPT_TARGET_LINKADDR,
		.option_words = 1,
	};

	memcpy(nd.target, &n->wanted, sizeof(nd.target));
	memcpy(nd.mac, n->wanted_mac, ETH_ALEN);
	return put_nd(frame, n->asker_mac, &n->asker, &n->wanted, &nd);
}

int neighbour_answer(const struct neighbour *n, __u8 *frame)
{
	return n->family == AF_INET ? answer_arp(n, frame)
				    : answer_nd(n, frame);
}

static const struct arp *find_arp(const __u8 *frame, size_t len,
				  __u16 operation)
{
	const struct arp *arp = (const void *)(frame + ETH_HLEN);

	if (len < ETH_HLEN + sizeof(*arp) ||
	    get16(frame + MACS_LEN) != ETH_P_ARP ||
	    memcmp(arp->head, arp_head, sizeof(arp_head)) ||
	    get16(arp->operation) != operation)
		return NULL;
	return arp;
}

/* The option is not looked for: the frame itself has the MAC address. */
static const struct nd *find_nd(const __u8 *frame, size_t len, __u8 type)
{
	struct frame_icmp icmp;

	if (frame_find_icmp(frame, len, &icmp) || icmp.family != AF_INET6 ||
	    icmp.type != type || icmp.len < offsetof(struct nd, option) ||
	    frame[icmp.l3 + IP6_HOPS] != ND_HOPS)
		return NULL;
	return (const void *)(frame + icmp.off);
}

static struct in6_addr ip6_at(const void *p)
{
	struct in6_addr addr;

	memcpy(&addr, p, sizeof(addr));
	return addr;
}

bool neighbour_is_question(const void *frame, size_t len, struct neighbour *out)
{
	const struct arp *arp = find_arp(frame, len, ARPOP_REQUEST);
	const struct nd *nd = find_nd(frame, len, ND_NEIGHBOR_SOLICIT);
	const __u8 *p = frame;

	memset(out, 0, sizeof(*out));
	if (arp) {
		out->family = AF_INET;
		out->wanted = from_ip4(arp->target);
		out->asker = from_ip4(arp->sender);
		memcpy(out->asker_mac, arp->sender_mac, ETH_ALEN);
	} else if (nd) {
		out->family = AF_INET6;
		out->wanted = ip6_at(nd->target);
		out->asker = ip6_at((const __u8 *)nd - IP6_LEN + IP6_SRC);
		memcpy(out->asker_mac, p + ETH_ALEN, ETH_ALEN);
	}
	return arp || nd;
}

bool neighbour_is_answer(const void *frame, size_t len, struct neighbour *out)
{
	const struct arp *arp = find_arp(frame, len, ARPOP_REPLY);
	const struct nd *nd = find_nd(frame, len, ND_NEIGHBOR_ADVERT);
	const __u8 *p = frame;

	memset(out, 0, sizeof(*out));
	if (arp) {
		out->family = AF_INET;
		out->wanted = from_ip4(arp->sender);
		memcpy(out->wanted_mac, arp->sender_mac, ETH_ALEN);
	} else if (nd) {
		out->family = AF_INET6;
		out->wanted = ip6_at(nd->target);
		memcpy(out->wanted_mac, p + ETH_ALEN, ETH_ALEN);
	}
	return arp || nd;
}

static __s64 now_ms(void)
{
	return clock_now_ns() / 1000000;
}

/* Return: 1 with the MAC address, 0 after @wait_ms, or -errno. */
static int await_answer(struct wire_port *port, struct neighbour *n,
			int wait_ms)
{
	struct wire_buf bufs[WIRE_BATCH];
	__s64 end = now_ms() + wait_ms, left;
	struct neighbour got;

	while ((left = end - now_ms()) > 0) {
		int count = wire_port_recv(port, bufs, WIRE_BATCH, left);

		for (int i = 0; i < count; i++) {
			if (!neighbour_is_answer(bufs[i].data, bufs[i].len,
						 &got) ||
			    memcmp(&got.wanted, &n->wanted, sizeof(got.wanted)))
				continue;
			memcpy(n->wanted_mac, got.wanted_mac, ETH_ALEN);
			return 1;
		}
		if (count < 0)
			return count;
	}
	return 0;
}

int neighbour_ask(struct wire_port *port, struct neighbour *n, int tries,
		  int wait_ms)
{
	__u8 frame[NEIGHBOUR_FRAME_MAX];
	struct wire_buf buf = { frame, neighbour_question(n, frame) };
	int rc = 0;

	for (int i = 0; !rc && i < tries; i++) {
		rc = wire_port_send(port, &buf, 1);
		if (!rc)
			rc = await_answer(port, n, wait_ms);
	}
	if (rc < 0)
		return rc;
	return rc ? 0 : -ETIMEDOUT;
}
