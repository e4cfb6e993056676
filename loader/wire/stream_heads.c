/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the programs at the port write, and what they compare with, is made here
 * from frames that were built and summed from scratch.
 */
#include <errno.h>
#include <string.h>
#include <arpa/inet.h>

#include "wire/stream_private.h"
#include "stream_xdp.skel.h" /* of these types */

enum {
	ETHER_TYPE = 2 * ETH_ALEN,
	ICMP_CHECK = 2,
	ICMP_ID = 4, /* and sequence behind it */
	IP4_TOS = 1,
	IP4_ID = 4,
	IP4_FRAG = 6,
	IP4_TTL = 8,
	IP4_PROTOCOL = 9,
	IP4_CHECK = 10,
	IP4_DST = 16,
	IP6_FLOW = 0, /* version, traffic class and flow label */
	IP6_NEXT = 6,
	IP6_HOPS = 7,
	IP6_DST = 24,
};

/* Bits that echo requests and replies have alike: 8 and 0, 128 and 129. */
#define IP4_ECHO_TYPES 0xf7
#define IP6_ECHO_TYPES 0xfe

/* Bytes that a kernel may choose itself in a reply. */
struct field {
	unsigned int off; /* from the IP header */
	unsigned int len;
};

static const struct field host_ip4[] = {
	{ IP4_TOS, 1 }, { IP4_ID, 2 },	  { IP4_FRAG, 2 },
	{ IP4_TTL, 1 }, { IP4_CHECK, 2 }, { 0, 0 },
};

static const struct field host_ip6[] = {
	{ IP6_FLOW, 4 },
	{ IP6_HOPS, 1 },
	{ 0, 0 },
};

static const struct field own_ip4[] = {
	{ IP4_PROTOCOL, 1 },
	{ IP4_DST, 4 },
	{ 0, 0 },
};

static const struct field own_ip6[] = {
	{ IP6_NEXT, 1 },
	{ IP6_DST, 16 },
	{ 0, 0 },
};

static size_t l3_of(const struct stream *s)
{
	return ETH_HLEN + 4 * s->request.n_tags;
}

static size_t icmp_of(const struct stream *s)
{
	return l3_of(s) + (s->request.family == AF_INET ? 20 : 40);
}

void stream_build(const struct stream *s, __u32 number, void *frame)
{
	struct frame_spec spec = s->request;
	__be32 id_sequence = htonl(number);

	/* The payload of all is that of the first. */
	spec.id = 0;
	spec.sequence = 0;
	spec.dst = s->targets[number % s->n_targets];
	frame_build(&spec, frame, s->len);
	memcpy((__u8 *)frame + icmp_of(s) + ICMP_ID, &id_sequence,
	       sizeof(id_sequence));
	frame_fix_csums(frame, s->len);
}

/* As write_request() in stream_xdp.bpf.c. */
void stream_rewrite(const struct stream *s, __u32 number, void *frame)
{
	const struct stream_head *head =
		(const void *)&s->skel->rodata->heads[number % s->n_targets];
	__u32 id_sequence = htonl(number);
	__u32 sum = head->sum + (id_sequence & 0xffff) + (id_sequence >> 16);
	__u8 *icmp = (__u8 *)frame + icmp_of(s);
	__u16 check;

	sum = (sum & 0xffff) + (sum >> 16);
	check = ~((sum & 0xffff) + (sum >> 16));
	memcpy(frame, head->word, STREAM_HEAD);
	memcpy(icmp + ICMP_CHECK, &check, sizeof(check));
	memcpy(icmp + ICMP_ID, &id_sequence, sizeof(id_sequence));
}

/* The checksum's complement, without id and sequence. */
static __u32 sum_of(const struct stream *s, const __u8 *frame)
{
	const __u8 *icmp = frame + icmp_of(s);
	__u16 check, word;
	__u32 sum;

	memcpy(&check, icmp + ICMP_CHECK, sizeof(check));
	sum = (__u16)~check;
	for (int i = 0; i < 2; i++) {
		memcpy(&word, icmp + ICMP_ID + 2 * i, sizeof(word));
		sum += (__u16)~word;
	}
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

int stream_heads_init(struct stream *s)
{
	__u8 frame[FRAME_MAX];

	if (s->len < STREAM_HEAD || icmp_of(s) + 8 > STREAM_HEAD)
		return -EINVAL;
	s->skel->rodata->targets = s->n_targets;
	s->skel->rodata->icmp_off = icmp_of(s);
	s->skel->rodata->frame_len = s->len;
	s->skel->rodata->sample_mask = STREAM_SAMPLE - 1;
	for (unsigned int i = 0; i < s->n_targets; i++) {
		struct stream_head head;

		stream_build(s, i, frame);
		memcpy(head.word, frame, STREAM_HEAD);
		head.sum = sum_of(s, frame);
		memcpy((void *)&s->skel->rodata->heads[i], &head, sizeof(head));
	}
	return 0;
}

static void swap(__u8 *a, __u8 *b, size_t len)
{
	__u8 keep[16];

	memcpy(keep, a, len);
	memcpy(a, b, len);
	memcpy(b, keep, len);
}

/* The reply to the request in @frame, or the request sent back. */
static void turn(const struct stream *s, __u8 *frame)
{
	bool ip4 = s->request.family == AF_INET;
	__u8 *ip = frame + l3_of(s);

	swap(frame, frame + ETH_ALEN, ETH_ALEN);
	if (s->expect == STREAM_RETURNED)
		return;
	if (ip4)
		swap(ip + IP4_DST - 4, ip + IP4_DST, 4);
	else
		swap(ip + IP6_DST - 16, ip + IP6_DST, 16);
	ip[ip4 ? IP4_TTL : IP6_HOPS] = FRAME_REPLY_TTL;
	frame[icmp_of(s)] = ip4 ? 0 : 129;
	frame_fix_csums(frame, s->len);
}

static void set_fields(__u8 *mask, const struct field *fields, int value)
{
	for (; fields->len; fields++)
		memset(mask + fields->off, value, fields->len);
}

/* All of the headers but what depends on the number, and what may differ. */
static void make_masks(const struct stream *s, struct stream_reply *reply)
{
	bool ip4 = s->request.family == AF_INET;
	bool swapped = s->expect != STREAM_RETURNED;
	__u8 all[STREAM_HEAD] = {}, own[STREAM_HEAD] = {};
	size_t l3 = l3_of(s), icmp = icmp_of(s);

	memset(all, 0xff, icmp + ICMP_CHECK);
	if (s->expect == STREAM_HOST)
		set_fields(all + l3, ip4 ? host_ip4 : host_ip6, 0);
	memset(own, 0xff, ETH_ALEN);
	memset(own + ETHER_TYPE, 0xff, l3 - ETHER_TYPE);
	set_fields(own + l3, ip4 ? own_ip4 : own_ip6, 0xff);
	/* What is sent back still names the target as destination. Otherwise
	 * a reply is one of either type: one that was left as it was is wrong.
	 * Errors, and what IPv6 neighbours say, are neither.
	 */
	own[icmp] = !swapped ? 0xff : ip4 ? IP4_ECHO_TYPES : IP6_ECHO_TYPES;
	memcpy(reply->all, all, sizeof(all));
	memcpy(reply->own, own, sizeof(own));
}

void stream_heads_expect(struct stream *s)
{
	__u8 frame[FRAME_MAX];

	for (unsigned int i = 0; i < s->n_targets; i++) {
		struct stream_reply *reply = &s->skel->bss->replies[i];

		stream_build(s, i, frame);
		turn(s, frame);
		make_masks(s, reply);
		memcpy(reply->word, frame, STREAM_HEAD);
		reply->sum = sum_of(s, frame);
	}
}
