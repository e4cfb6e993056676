/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tc variant, for the ingress side of clsact, direct action. What it does
 * not answer goes on to the next filter.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#include "packet.h"

#define ECHO_CTX	struct __sk_buff
#define ECHO_STATS_TYPE BPF_MAP_TYPE_PERCPU_ARRAY

static __always_inline __u32 echo_frame_len(struct __sk_buff *ctx,
					    const struct echo_frame *f)
{
	(void)f;
	return ctx->len;
}

/* The kernel takes the outer tag off, and puts it back on. */
static __always_inline __u32 echo_len_from(struct __sk_buff *ctx,
					   const struct echo_frame *f,
					   const void *at)
{
	return echo_frame_len(ctx, f) - (at - f->data);
}

static __always_inline bool echo_hides_tag(struct __sk_buff *ctx)
{
	return ctx->vlan_present;
}

static __always_inline void echo_bump(__u64 *counter)
{
	++*counter;
}

#include "responder.h"

/* Two tags, the IPv6 header and the echo header. */
#define HEADER_BYTES (ETH_HLEN + 8 + 40 + 8)

/* Headers may lie in the pages behind the linear part: pull them in. */
static __always_inline void pull_headers(struct __sk_buff *skb)
{
	__u32 linear = skb->data_end - skb->data;

	if (linear < HEADER_BYTES && linear < skb->len)
		bpf_skb_pull_data(skb, skb->len < HEADER_BYTES ? skb->len
							       : HEADER_BYTES);
}

/*
 * Where the device summed the whole packet (CHECKSUM_COMPLETE), the sum has to
 * follow the bytes. All that a reply changes cancels out in it, except IPv6's
 * hop limit, which no checksum covers. Other packets are left as they are.
 */
static __always_inline void fix_packet_sum(struct __sk_buff *skb, __u8 old_hops)
{
	__u16 from = ttl_word(old_hops, IPPROTO_ICMPV6);
	__u16 to = ttl_word(ECHO_REPLY_TTL, IPPROTO_ICMPV6);

	bpf_csum_update(skb, (__u32)(__u16)~from + to);
}

SEC("tc")
int echo_tc(struct __sk_buff *skb)
{
	struct echo_frame frame = {};

	pull_headers(skb);
	frame.data = (void *)(long)skb->data;
	frame.end = (void *)(long)skb->data_end;
	switch (echo_respond(skb, &frame)) {
	case ECHO_REPLIED_IPV6:
		fix_packet_sum(skb, frame.hop_limit);
		return bpf_redirect(skb->ifindex, 0);
	case ECHO_REPLIED_IPV4:
		return bpf_redirect(skb->ifindex, 0);
	case ECHO_DROPPED:
		return TC_ACT_SHOT;
	default:
		return TC_ACT_UNSPEC;
	}
}

char _license[] SEC("license") = "GPL";
