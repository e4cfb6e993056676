/* SPDX-License-Identifier: GPL-2.0-only */
/* For the egress side of clsact: sends everything twice. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int twice(struct __sk_buff *skb)
{
	/* The second comes by here, too. */
	if (skb->mark)
		return TC_ACT_OK;
	skb->mark = 1;
	bpf_clone_redirect(skb, skb->ifindex, 0);
	return TC_ACT_OK;
}

char _license[] SEC("license") = "GPL";
