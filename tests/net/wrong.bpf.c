/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Responders with the wrong checksum rules that others have published. Each is
 * right for almost every request, or for none: what is told by how many.
 */
#include <stddef.h>
#include <linux/bpf.h>
#include <linux/in.h>
#include <bpf/bpf_helpers.h>

#include "reply.h"

/* Return: the ICMP header, if the frame is a request, which is now a reply but
 * for the checksum.
 */
static __always_inline struct echo_hdr *answer(struct xdp_md *ctx,
					       __sum16 *check)
{
	struct ethhdr *eth = (void *)(long)ctx->data;
	struct iphdr *ip = (void *)(eth + 1);
	struct echo_hdr *icmp = (void *)(ip + 1);

	if ((void *)(icmp + 1) > (void *)(long)ctx->data_end ||
	    ip->protocol != IPPROTO_ICMP ||
	    icmp->type_code != ICMPV4_ECHO_REQUEST)
		return NULL;
	*check = icmp->checksum;
	reply_ipv4(eth, ip, icmp);
	return icmp;
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

char _license[] SEC("license") = "GPL";
