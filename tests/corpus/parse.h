/* SPDX-License-Identifier: GPL-2.0-only */
/* Headers one after the other; each function checks what it returns. */
#ifndef PARSE_H
#define PARSE_H

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct cursor {
	void *pos;
	void *end;
};

struct vlan_hdr {
	__be16 tci;
	__be16 proto;
};

struct icmp_hdr {
	__u8 type, code;
	__sum16 check;
	__be16 id, sequence;
};

static __always_inline struct cursor cursor_start(struct xdp_md *ctx)
{
	struct cursor c = {
		.pos = (void *)(long)ctx->data,
		.end = (void *)(long)ctx->data_end,
	};

	return c;
}

/* The next @len bytes, NULL where the frame is shorter. */
static __always_inline void *cursor_take(struct cursor *c, __u32 len)
{
	void *at = c->pos;

	if (at + len > c->end)
		return NULL;
	c->pos = at + len;
	return at;
}

/* The EtherType in network order behind at most two tags; 0: too short. */
static __always_inline __be16 parse_eth(struct cursor *c, struct ethhdr **eth)
{
	struct vlan_hdr *vlan;
	__be16 proto;

	*eth = cursor_take(c, sizeof(**eth));
	if (!*eth)
		return 0;
	proto = (*eth)->h_proto;
#pragma unroll
	for (int i = 0; i < 2; i++) {
		if (proto != bpf_htons(ETH_P_8021Q) &&
		    proto != bpf_htons(ETH_P_8021AD))
			break;
		vlan = cursor_take(c, sizeof(*vlan));
		if (!vlan)
			return 0;
		proto = vlan->proto;
	}
	return proto;
}

/* Without options; NULL for the others. */
static __always_inline struct iphdr *parse_ipv4(struct cursor *c)
{
	struct iphdr *ip = cursor_take(c, sizeof(*ip));

	if (!ip || ip->version != 4 || ip->ihl != 5)
		return NULL;
	return ip;
}

/* With options, too. */
static __always_inline struct iphdr *parse_ipv4_options(struct cursor *c)
{
	struct iphdr *ip = c->pos;
	__u32 len;

	if ((void *)(ip + 1) > c->end)
		return NULL;
	len = (*(__u8 *)ip & 15) * 4;
	if (len < sizeof(*ip) || (void *)ip + len > c->end)
		return NULL;
	c->pos = (void *)ip + len;
	return ip;
}

static __always_inline struct ipv6hdr *parse_ipv6(struct cursor *c)
{
	return cursor_take(c, sizeof(struct ipv6hdr));
}

static __always_inline struct tcphdr *parse_tcp(struct cursor *c)
{
	return cursor_take(c, sizeof(struct tcphdr));
}

static __always_inline struct udphdr *parse_udp(struct cursor *c)
{
	return cursor_take(c, sizeof(struct udphdr));
}

static __always_inline void swap_mac(struct ethhdr *eth)
{
	__u16 *half = (void *)eth;
	__u16 a = half[0], b = half[1], c = half[2];

	half[0] = half[3];
	half[1] = half[4];
	half[2] = half[5];
	half[3] = a;
	half[4] = b;
	half[5] = c;
}

static __always_inline __u16 csum_fold(__u32 sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	return ~((sum & 0xffff) + (sum >> 16));
}

static __always_inline __u16 ipv4_csum(const struct iphdr *ip)
{
	const __u16 *half = (const void *)ip;
	__u32 sum = 0;

#pragma unroll
	for (int i = 0; i < 10; i++)
		sum += half[i];
	return csum_fold(sum);
}

#endif
