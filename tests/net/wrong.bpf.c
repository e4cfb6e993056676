/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Responders that are wrong, each in its own way. Those with the wrong checksum
 * rules that others have published are right for almost every request, or for
 * none: what is told by how many. All answer whatever looks like a request.
 */
#include <stddef.h>
#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#include "reply.h"

#define CUT 4 /* bytes of payload */

/* Return: the ICMP header, if the frame is a request, which is now a reply but
 * for the checksum.
 */
static __always_inline struct echo_hdr *answer_at(void *data, void *end,
						  __sum16 *check)
{
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct echo_hdr *icmp = (void *)(ip + 1);

	if ((void *)(icmp + 1) > end || ip->protocol != IPPROTO_ICMP ||
	    icmp->type_code != ICMPV4_ECHO_REQUEST)
		return NULL;
	*check = icmp->checksum;
	reply_ipv4(eth, ip, icmp);
	return icmp;
}

static __always_inline struct echo_hdr *answer(struct xdp_md *ctx,
					       __sum16 *check)
{
	return answer_at((void *)(long)ctx->data, (void *)(long)ctx->data_end,
			 check);
}

SEC("xdp.frags")
int unchanged(struct xdp_md *ctx)
{
	__sum16 check;
	struct echo_hdr *icmp = answer(ctx, &check);

	if (!icmp)
		return XDP_PASS;
	icmp->checksum = check;
	return XDP_TX;
}

SEC("xdp.frags")
int no_carry(struct xdp_md *ctx)
{
	__sum16 check;
	struct echo_hdr *icmp = answer(ctx, &check);

	if (!icmp)
		return XDP_PASS;
	icmp->checksum = check + ICMPV4_ECHO_REQUEST;
	return XDP_TX;
}

SEC("xdp.frags")
int equation_3(struct xdp_md *ctx)
{
	__sum16 check;
	struct echo_hdr *icmp = answer(ctx, &check);

	if (!icmp)
		return XDP_PASS;
	icmp->checksum =
		csum_replace(check, ICMPV4_ECHO_REQUEST, ICMPV4_ECHO_REPLY);
	return XDP_TX;
}

SEC("xdp.frags")
int group(struct xdp_md *ctx)
{
	__sum16 check;

	return answer(ctx, &check) ? XDP_TX : XDP_PASS;
}

/* Looks at one byte of its MAC address. */
SEC("xdp.frags")
int mac_byte(struct xdp_md *ctx)
{
	struct ethhdr *eth = (void *)(long)ctx->data;
	__sum16 check;

	if ((void *)(eth + 1) > (void *)(long)ctx->data_end ||
	    eth->h_dest[ETH_ALEN - 1] != 1)
		return XDP_PASS;
	return answer(ctx, &check) ? XDP_TX : XDP_PASS;
}

SEC("xdp.frags")
int ttl_kept(struct xdp_md *ctx)
{
	struct ethhdr *eth = (void *)(long)ctx->data;
	struct iphdr *ip = (void *)(eth + 1);
	__sum16 check;
	__u8 ttl;

	if ((void *)(ip + 1) > (void *)(long)ctx->data_end)
		return XDP_PASS;
	ttl = ip->ttl;
	check = ip->check;
	if (!answer(ctx, &(__sum16){ 0 }))
		return XDP_PASS;
	ip->ttl = ttl;
	ip->check = check;
	return XDP_TX;
}

struct tagged {
	__u8 macs[2 * ETH_ALEN];
	__be16 tpid, tci;
};

SEC("xdp.frags")
int tag_lost(struct xdp_md *ctx)
{
	struct tagged *frame = (void *)(long)ctx->data;
	__u8 macs[2 * ETH_ALEN];
	__sum16 check;

	if ((void *)(frame + 1) > (void *)(long)ctx->data_end)
		return XDP_PASS;
	if (frame->tpid == bpf_htons(ETH_P_8021Q)) {
		__builtin_memcpy(macs, frame->macs, sizeof(macs));
		__builtin_memcpy((void *)frame + 4, macs, sizeof(macs));
		if (bpf_xdp_adjust_head(ctx, 4))
			return XDP_DROP;
	}
	return answer(ctx, &check) ? XDP_TX : XDP_PASS;
}

SEC("xdp.frags")
int payload_cut(struct xdp_md *ctx)
{
	__sum16 check;

	if (!answer(ctx, &check))
		return XDP_PASS;
	bpf_xdp_adjust_tail(ctx, -CUT);
	return XDP_TX;
}

SEC("tc")
int twice(struct __sk_buff *skb)
{
	__sum16 check;

	if (bpf_skb_pull_data(skb, 0) ||
	    !answer_at((void *)(long)skb->data, (void *)(long)skb->data_end,
		       &check))
		return TC_ACT_OK;
	bpf_clone_redirect(skb, skb->ifindex, 0);
	return bpf_redirect(skb->ifindex, 0);
}

char _license[] SEC("license") = "GPL";
